/** Streams the frames of an MP3 file through bounded memory. */
import { open } from 'node:fs/promises'
import { BrokenFrames, framesIn, type Frame } from './bit-reservoir.ts'
import { parseFrameHeader } from './frame-header.ts'
import { firstFramePosition } from './read-front.ts'

export interface FrameBatch {
  /** Whole frames and nothing else; the reader does not use them again. */
  readonly bytes: Buffer
  readonly frames: readonly Frame[]
  /** Where the bytes begin in the file. */
  readonly position: number
}

export interface ReadRange {
  /** A frame begins here; without it the first after an ID3v2 tag. */
  readonly start?: number
  /** A frame ends here; without it the file's end, or an ID3v1 tag. */
  readonly end?: number
  readonly chunkBytes?: number
}

/** Reads in steps of `chunkBytes`. @throws BrokenFrames where a frame should begin and does not, or the last is cut short. */
export async function* readFrames(path: string, range: ReadRange = {}): AsyncGenerator<FrameBatch> {
  await using file = await open(path)
  const size = range.end ?? (await endOfAudio(file))
  let position = range.start ?? (await firstFramePosition(path))
  let rest = Buffer.alloc(0)
  while (position + rest.length < size) {
    const wanted = Math.min(range.chunkBytes ?? 1024 * 1024, size - position - rest.length)
    const bytes = Buffer.allocUnsafe(rest.length + wanted)
    rest.copy(bytes)
    const { bytesRead } = await file.read(bytes, rest.length, wanted, position + rest.length)
    if (bytesRead === 0) break
    const read = bytes.subarray(0, rest.length + bytesRead)
    const frames = framesIn(read)
    const last = frames.at(-1)
    const used = last === undefined ? 0 : last.offset + last.header.frameBytes
    if (last !== undefined) yield { bytes: read.subarray(0, used), frames, position }
    position += used
    rest = Buffer.from(read.subarray(used))
  }
  if (rest.length > 0) throw new BrokenFrames('the last frame is cut short')
}

/** Enough headers in a row, each where the one before says, to be no accident. */
const surelyFrames = 8

/** The whole frames of a stretch that was cut out anywhere; none when there are fewer than eight in a row. */
export function framesFrom(bytes: Buffer): Frame[] {
  for (let offset = 0; offset < bytes.length - 4; offset++) {
    const frames = chainFrom(bytes, offset)
    if (frames.length >= surelyFrames) return frames
  }
  return []
}

function chainFrom(bytes: Buffer, start: number): Frame[] {
  const frames: Frame[] = []
  let offset = start
  for (
    let header = parseFrameHeader(bytes, offset);
    header !== null;
    header = parseFrameHeader(bytes, offset)
  ) {
    if (offset + header.frameBytes > bytes.length) break
    frames.push({ offset, header })
    offset += header.frameBytes
  }
  return frames
}

type File = Awaited<ReturnType<typeof open>>

/** An ID3v1 tag is the last 128 bytes, beginning with `TAG`. */
async function endOfAudio(file: File): Promise<number> {
  const { size } = await file.stat()
  const mark = Buffer.alloc(3)
  if (size >= 128) await file.read(mark, 0, 3, size - 128)
  return mark.toString('latin1') === 'TAG' ? size - 128 : size
}
