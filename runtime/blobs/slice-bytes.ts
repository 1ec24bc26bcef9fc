/** Cuts a stream of bytes into pieces of one size; only the last may be shorter. Copies each byte once. */

/** Yields buffers of exactly `sizeBytes`, then the rest if there is any. */
export async function* sliceBytes(
  source: AsyncIterable<Uint8Array>,
  sizeBytes: number,
): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(sizeBytes)
  let filled = 0
  for await (const bytes of source) {
    let taken = 0
    while (taken < bytes.length) {
      const part = bytes.subarray(taken, taken + sizeBytes - filled)
      piece.set(part, filled)
      filled += part.length
      taken += part.length
      if (filled === sizeBytes) {
        yield piece
        piece = Buffer.allocUnsafe(sizeBytes)
        filled = 0
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
}
