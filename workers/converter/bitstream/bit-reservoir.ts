/**
 * Which main data belongs to which frame. Main data is one stream that runs through the frames' own areas; a frame's begins
 * main_data_begin bytes before its own area, in what earlier frames left free: the bit reservoir (ISO 11172-3, 2.4.3.4).
 */
import { parseFrameHeader, type FrameHeader } from './frame-header.ts'
import { readMainDataBegin, readMainDataBits } from './side-info.ts'

export interface Frame {
  /** Where it begins in the bytes. */
  readonly offset: number
  readonly header: FrameHeader
}

export interface MainData {
  readonly bytes: Buffer
  readonly frames: readonly Frame[]
  /** Where the frame's own area begins in the stream of main data, in bytes; the first frame's at 0. */
  areaStart(frame: number): number
  areaEnd(frame: number): number
  /** Where the frame's main data begins: before 0 when it is in frames that came earlier. */
  start(frame: number): number
  /** The first bit after the frame's main data. */
  endBit(frame: number): number
  /** A copy. */
  read(start: number, length: number): Buffer
  /** Overwrites what is there in the frames' areas. */
  write(start: number, data: Buffer): void
}

/** Where a frame should be is none, or not the whole of it. */
export class BrokenFrames extends Error {}

/** The farthest main_data_begin can point, in bytes. */
export const reservoirBytes = 511

/** @param frames Consecutive ones in `bytes`, which `write` changes. */
export function createMainData(bytes: Buffer, frames: readonly Frame[]): MainData {
  const areas = new Float64Array(frames.length + 1)
  for (const [index, frame] of frames.entries()) areas[index + 1] = areas[index]! + areaBytes(frame)

  const start = (index: number) => {
    const { offset, header } = frames[index]!
    return areas[index]! - readMainDataBegin(bytes, offset, header)
  }
  /** Calls back with each stretch of `bytes` that holds a part of the range. */
  const visit = (
    from: number,
    length: number,
    use: (offset: number, done: number, count: number) => void,
  ) => {
    if (from < 0 || from + length > areas[frames.length]!) throw new RangeError('main data of unread frames')
    let index = lastAtOrBefore(areas, from)
    for (let done = 0; done < length; index++) {
      const { offset, header } = frames[index]!
      const into = from + done - areas[index]!
      const count = Math.min(length - done, areas[index + 1]! - areas[index]! - into)
      use(offset + header.headerBytes + header.sideInfoBytes + into, done, count)
      done += count
    }
  }
  return {
    bytes,
    frames,
    areaStart: (index) => areas[index]!,
    areaEnd: (index) => areas[index + 1]!,
    start,
    endBit: (index) =>
      start(index) * 8 + readMainDataBits(bytes, frames[index]!.offset, frames[index]!.header),
    read(from, length) {
      const data = Buffer.alloc(length)
      visit(from, length, (offset, done, count) => bytes.copy(data, done, offset, offset + count))
      return data
    },
    write: (from, data) =>
      visit(from, data.length, (offset, done, count) => data.copy(bytes, offset, done, done + count)),
  }
}

/** All whole frames in `bytes`, which begin with one. @throws BrokenFrames where a frame should begin and does not. */
export function framesIn(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  for (let offset = 0; offset + 4 <= bytes.length;) {
    const header = parseFrameHeader(bytes, offset)
    if (header === null) throw new BrokenFrames(`no frame header at byte ${offset}`)
    if (offset + header.frameBytes > bytes.length) break
    frames.push({ offset, header })
    offset += header.frameBytes
  }
  return frames
}

/** The part of a frame that carries main data, its own or later frames'. */
const areaBytes = ({ header }: Frame): number => header.frameBytes - header.headerBytes - header.sideInfoBytes

/** In O(log n). */
function lastAtOrBefore(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ascending[middle]! <= value) low = middle
    else high = middle - 1
  }
  return low
}
