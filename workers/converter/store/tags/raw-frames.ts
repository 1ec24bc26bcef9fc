/** ID3v2.3 frames as bytes: those that browser-id3-writer does not know. */

const utf16 = 1
const byteOrder = Buffer.of(0xff, 0xfe)

/** @param body At most 2^32 bytes. */
function frame(id: string, ...body: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(body)
  const header = Buffer.alloc(10)
  header.write(id, 0, 'latin1')
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

const encoded = (text: string) => Buffer.concat([byteOrder, Buffer.from(text, 'utf16le')])
const terminated = (text: string) => Buffer.concat([encoded(text), Buffer.of(0, 0)])
const asciiTerminated = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.of(0)])

/** Section 4.2. */
export const textFrame = (id: string, text: string): Buffer => frame(id, Buffer.of(utf16), encoded(text))

/** Sections 4.2.1, TYER, TDAT and others of digits alone. */
export const numberFrame = (id: string, digits: string): Buffer =>
  frame(id, Buffer.of(0), Buffer.from(digits, 'latin1'))

/** Section 4.3.1. */
export const linkFrame = (id: string, url: string): Buffer => frame(id, Buffer.from(url, 'latin1'))

/** Section 4.3.2. */
export const userLinkFrame = (description: string, url: string): Buffer =>
  frame('WXXX', Buffer.of(utf16), terminated(description), Buffer.from(url, 'latin1'))

/** Section 4.1. */
export const identifierFrame = (owner: string, identifier: string): Buffer =>
  frame('UFID', asciiTerminated(owner), Buffer.from(identifier, 'latin1'))

/** Section 4.18. @param rating 1 to 255; 0 is unknown. */
export const ratingFrame = (email: string, rating: number): Buffer =>
  frame('POPM', asciiTerminated(email), Buffer.of(rating))

/** Section 4.4: who did what. */
export const peopleFrame = (people: readonly (readonly [role: string, name: string])[]): Buffer =>
  frame('IPLS', Buffer.of(utf16), ...people.flat().map(terminated))
