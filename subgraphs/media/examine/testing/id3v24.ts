/** Tags of ID3v2.4 (ID3v2.4 structure, sections 3 and 4): what ffmpeg writes has one value a frame. */

export interface Frame24 {
  readonly id: string
  readonly body: Buffer
}

/** UTF-8; a zero between values. */
export const textFrame24 = (id: string, text: string): Frame24 => ({
  id,
  body: Buffer.concat([Buffer.of(3), Buffer.from(text)]),
})

export function id3v24(...frames: readonly Frame24[]): Buffer {
  const bytes = Buffer.concat(
    frames.flatMap(({ id, body }) => [
      Buffer.from(id, 'latin1'),
      syncsafe(body.length),
      Buffer.of(0, 0),
      body,
    ]),
  )
  return Buffer.concat([Buffer.from('ID3\u0004\u0000\u0000', 'latin1'), syncsafe(bytes.length), bytes])
}

/** Seven bits a byte. */
const syncsafe = (value: number): Buffer =>
  Buffer.from([21, 14, 7, 0].map((shift) => (value >> shift) & 0x7f))
