/** Takes MP4 files apart and puts them together again (ISO 14496-12, 4.2: size, type, content). */

export const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const bytes = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(bytes.length + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, bytes])
}

/** 32-bit numbers. */
export const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, index * 4)
  return bytes
}

/**
 * Replaces the content of the first box at a path such as `moov/trak/mdia`, and mends the sizes around it. Offsets of samples
 * stay right when the movie box comes after them.
 */
export function changeBox(bytes: Buffer, path: string, change: (content: Buffer) => Buffer): Buffer {
  const [type = '', ...rest] = path.split('/')
  for (let start = 0; start + 8 <= bytes.length; start += bytes.readUInt32BE(start)) {
    if (bytes.toString('latin1', start + 4, start + 8) !== type) continue
    const end = start + bytes.readUInt32BE(start)
    const content = bytes.subarray(start + 8, end)
    const changed = rest.length > 0 ? changeBox(content, rest.join('/'), change) : change(content)
    return Buffer.concat([bytes.subarray(0, start), box(type, changed), bytes.subarray(end)])
  }
  throw new Error(`there is no ${type}`)
}
