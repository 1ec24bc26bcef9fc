/** Streams the frames of one segment as they stand in the joined file: stuffing turned, closing bytes put in place. */
import {
  createMainData,
  framesIn,
  reservoirBytes,
  type MainData,
} from '#converter/bitstream/bit-reservoir.ts'
import { readFrames, type FrameBatch } from '#converter/bitstream/frame-reader.ts'
import { flipStuffing } from '#converter/bitstream/stuffing.ts'
import type { SegmentPart } from './plan-joins.ts'

/**
 * The last frames read are held back: what comes next may reach back into them, by 511 bytes of main data.
 * @throws Error when the file is not what it was when its ends were read.
 */
export async function* partFrames(part: SegmentPart): AsyncGenerator<FrameBatch> {
  let held: MainData | null = null
  let unwritten = part.leadInFrames
  /** The first frame in `held` whose following stuffing has not been turned yet. */
  let turned = part.leadInFrames
  const range = { start: part.start, ...(part.end === undefined ? {} : { end: part.end }) }
  for await (const batch of readFrames(part.path, range)) {
    const bytes: Buffer = held === null ? batch.bytes : Buffer.concat([held.bytes, batch.bytes])
    const data = createMainData(bytes, framesIn(bytes))
    const last = data.frames.length - 1
    for (; part.flip && turned < last; turned++)
      flipStuffing(data, data.endBit(turned), data.start(turned + 1) * 8)
    const keep = firstToHold(data)
    if (keep > unwritten) yield batchOf(data, unwritten, keep)
    unwritten = Math.max(0, unwritten - keep)
    turned -= keep
    const rest: Buffer = Buffer.from(bytes.subarray(data.frames[keep]!.offset))
    held = createMainData(rest, framesIn(rest))
  }
  if (held === null) return
  const last = held.frames.length - 1
  const end = held.areaEnd(last) - part.closing.length
  if (part.flip) flipStuffing(held, held.endBit(last), end * 8)
  held.write(end, part.closing)
  yield batchOf(held, unwritten, last + 1)
}

/** All that the last frame's main data, or what follows it, may lie in. */
function firstToHold(data: MainData): number {
  const last = data.frames.length - 1
  const reach = Math.min(data.start(last), data.areaEnd(last) - reservoirBytes)
  let first = last
  while (first > 0 && data.areaStart(first) > reach) first--
  return first
}

function batchOf({ bytes, frames }: MainData, from: number, to: number): FrameBatch {
  const start = frames[from]!.offset
  const end = frames[to]?.offset ?? bytes.length
  return {
    bytes: bytes.subarray(start, end),
    frames: frames.slice(from, to).map(({ offset, header }) => ({ offset: offset - start, header })),
    position: 0,
  }
}
