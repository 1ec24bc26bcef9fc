/** A picture of very many points, all of them black, in a few hundred kilobytes (PNG, 11.2). */
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { crc32, createDeflate } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** @param side In pixels: a byte for each, and one for each line. */
export async function hugePng(side: number): Promise<Buffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side)
  header.writeUInt32BE(side, 4)
  header.writeUInt8(8, 8)
  const line = Buffer.alloc(side + 1)
  const lines = Readable.from(Array.from({ length: side }, () => line))
  const pixels = await buffer(lines.pipe(createDeflate({ level: 6 })))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
