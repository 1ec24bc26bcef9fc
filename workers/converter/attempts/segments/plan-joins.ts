/** Finds and proves the splices between segments, and what each segment must hand on to the next. */
import { flipStuffing, nextStuffingBit } from '#converter/bitstream/stuffing.ts'
import { createMainData, reservoirBytes, type MainData } from '#converter/bitstream/bit-reservoir.ts'
import { findSplice, type Splice, type SpliceOptions } from '#converter/bitstream/splice.ts'
import type { FrameWindow, SegmentEnds } from './segment-ends.ts'

/** What of a segment goes into the joined file. */
export interface SegmentPart {
  readonly path: string
  /** Where reading begins: at a frame. */
  readonly start: number
  /** Frames that are read for the reservoir they hold, and not written. */
  readonly leadInFrames: number
  /** Where the part ends: at a frame. */
  readonly end: number | undefined
  /** Whether each alternating bit of stuffing is to be turned. */
  readonly flip: boolean
  /** What the part's last bytes of main data become: the beginning of the next part's. */
  readonly closing: Buffer
}

/** A boundary where no splice could be proven. */
export class UnprovenSplice extends Error {}

export interface PlacedSegment {
  readonly ends: SegmentEnds
  /** Which frame of the whole its first is. */
  readonly firstFrame: number
}

/** The last frames of an encode: they heard the end of its input. */
const spoiltFrames = 4

export type ProofOptions = Pick<SpliceOptions, 'leastEqualFrames' | 'sameAudioWillDo'>

/** @throws UnprovenSplice at the first boundary with less than `leastEqualFrames` equal pairs. */
export function planJoins(
  segments: readonly PlacedSegment[],
  options: ProofOptions,
): { parts: SegmentPart[]; splices: Splice[] } {
  const splices = segments.slice(1).map((later, index) => {
    const earlier = segments[index]!
    const shift = later.firstFrame - earlier.firstFrame - earlier.ends.tail.firstFrame
    const { mainData } = earlier.ends.tail
    const splice = findSplice(mainData, later.ends.head.mainData, { ...options, shift, spoiltFrames })
    if (splice === null) throw new UnprovenSplice(`between segments ${index + 1} and ${index + 2}`)
    return splice
  })
  const flips = flipsOf(segments, splices)
  const parts = segments.map(({ ends }, index): SegmentPart => {
    const [before, after] = [splices[index - 1], splices[index]]
    const flip = flips[index]!
    const leadInFrames = before === undefined || !flip ? 0 : leadIn(ends.head.mainData, before.laterFrame)
    const next = segments[index + 1]
    return {
      path: ends.path,
      start:
        before === undefined ? ends.front.length : positionOf(ends.head, before.laterFrame - leadInFrames),
      leadInFrames,
      end: after === undefined ? undefined : positionOf(ends.tail, after.earlierFrame),
      flip,
      closing:
        after === undefined
          ? Buffer.alloc(0)
          : closingBytes(ends.tail.mainData, next!.ends.head.mainData, after, flips[index + 1]!),
    }
  })
  return { parts, splices }
}

const positionOf = ({ position, mainData }: FrameWindow, frame: number): number =>
  position + mainData.frames[frame]!.offset

/** Whether a segment's encoder is about to stuff the other bit than the single encoder would: then so for all that follows. */
function flipsOf(segments: readonly PlacedSegment[], splices: readonly Splice[]): boolean[] {
  const flips = [false]
  for (const [index, { tier, earlierFrame, laterFrame }] of splices.entries()) {
    const single = nextStuffingBit(segments[index]!.ends.tail.mainData, earlierFrame)
    const own = nextStuffingBit(segments[index + 1]!.ends.head.mainData, laterFrame)
    if (tier === 'same-state' && (single === null || own === null))
      throw new UnprovenSplice(`between segments ${index + 1} and ${index + 2}: unknown stuffing`)
    flips.push(tier === 'same-state' && (single !== own) !== flips[index]!)
  }
  return flips
}

/** How many frames before hold all that the frame's main data can begin in. */
function leadIn(mainData: MainData, frame: number): number {
  let first = frame
  while (first > 0 && mainData.areaStart(frame) - mainData.areaStart(first) < reservoirBytes) first--
  return frame - first
}

/** The later frame's main data up to its own area, with nothing of the frame before it that it replaces. */
function closingBytes(earlier: MainData, later: MainData, splice: Splice, flip: boolean): Buffer {
  const { earlierFrame, laterFrame } = splice
  const source = flip ? flipped(later, laterFrame) : later
  const begin = source.start(laterFrame)
  const opening = source.read(begin, source.areaStart(laterFrame) - begin)
  const replaced = earlier.areaStart(earlierFrame) - earlier.start(earlierFrame)
  return Buffer.concat([Buffer.alloc(Math.max(0, replaced - opening.length)), opening])
}

/** A copy with the stuffing turned that follows the frame and may lie before its own area. */
function flipped(mainData: MainData, frame: number): MainData {
  const bytes = Buffer.from(mainData.bytes)
  const copy = createMainData(bytes, mainData.frames)
  const area = copy.areaStart(frame)
  for (let index = frame; index + 1 < copy.frames.length && copy.endBit(index) < area * 8; index++)
    flipStuffing(copy, copy.endBit(index), copy.start(index + 1) * 8)
  return copy
}
