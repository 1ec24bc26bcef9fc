/** Reads an ID3v2.3 tag apart by its specification, for tests; what writes tags shares nothing with it. */

export interface Id3Frame {
  readonly id: string
  readonly body: Buffer
}

/** @throws Error where lengths do not add up. */
export function id3FramesOf(tag: Buffer): Id3Frame[] {
  if (tag.toString('latin1', 0, 5) !== 'ID3\u0003\u0000') throw new Error('no ID3v2.3')
  const size = tag.subarray(6, 10).reduce((sum, seven) => sum * 128 + seven, 0)
  if (size !== tag.length - 10) throw new Error(`size ${size} of ${tag.length - 10}`)
  return framesIn(tag.subarray(10))
}

/** Sub-frames of a chapter or table, as well. */
export function framesIn(bytes: Buffer): Id3Frame[] {
  const frames: Id3Frame[] = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 10 + bytes.readUInt32BE(at + 4)
    if (end > bytes.length) throw new Error('a frame that is cut short')
    frames.push({ id: bytes.toString('latin1', at, at + 4), body: bytes.subarray(at + 10, end) })
    at = end
  }
  return frames
}

/** The texts of a frame after `skip` bytes that follow the encoding; a zero, or two, between them. */
export function textsOf({ body }: Id3Frame, skip = 0): string[] {
  if (body[0] === 0) return body.toString('latin1', 1 + skip).split('\u0000')
  return body
    .toString('utf16le', 1 + skip)
    .split('\u0000')
    .map((text) => (text.startsWith('\ufeff') ? text.slice(1) : `no byte order: ${text}`))
}
