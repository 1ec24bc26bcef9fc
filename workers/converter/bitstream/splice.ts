/**
 * Where one encode of audio can go over into another that began later. An encoder forgets: after enough of the same
 * samples both are in the same state, and from there on write the same frames.
 */
import { reservoirBytes, type MainData } from './bit-reservoir.ts'

/**
 * `same-state`: the last frames of the overlap are equal, reservoir and padding included: so are all that follow.
 * `same-audio`: enough are equal but for where in the reservoir their main data lies, those at the cut among them: no sample
 * is lost or doubled, but the frames that follow need not be those of a single encoder.
 */
export type SpliceTier = 'same-state' | 'same-audio'

export interface Splice {
  readonly tier: SpliceTier
  /** The first frame of the earlier encode that is left out. */
  readonly earlierFrame: number
  /** The frame of the later encode that takes its place. */
  readonly laterFrame: number
  /** How many pairs are equal; in the same state, in a row up to the cut. */
  readonly equalFrames: number
}

export interface SpliceOptions {
  /** Which frame of the earlier one is the later one's frame 0; it may be negative. */
  readonly shift: number
  /** Frames at the earlier one's end that heard its input end. */
  readonly spoiltFrames: number
  /** Fewer equal pairs prove nothing. */
  readonly leastEqualFrames: number
  /** Whether `same-audio` is good enough. */
  readonly sameAudioWillDo: boolean
}

/** @returns the latest cut of the best tier that is proven, or null. Indexes are those of the two windows. */
export function findSplice(earlier: MainData, later: MainData, options: SpliceOptions): Splice | null {
  const pairs: Pairs = {
    earlier,
    later,
    shift: options.shift,
    last: Math.min(earlier.frames.length - 1 - options.spoiltFrames, later.frames.length - 1 + options.shift),
    first: Math.max(1, options.shift + 1),
  }
  const splice = cutInSameState(pairs)
  if (splice.equalFrames >= options.leastEqualFrames) return splice
  return options.sameAudioWillDo ? cutInSameAudio(pairs, options.leastEqualFrames) : null
}

interface Pairs {
  readonly earlier: MainData
  readonly later: MainData
  readonly shift: number
  /** Of the earlier one: where it could be cut first and last. */
  readonly first: number
  readonly last: number
}

/** At the last frame there is: had the two ever parted again after falling into step, they were not in the same state. */
function cutInSameState({ earlier, later, shift, first, last }: Pairs): Splice {
  let frame = last
  while (frame >= first && sameState(earlier, frame, later, frame - shift)) frame--
  return { tier: 'same-state', earlierFrame: last, laterFrame: last - shift, equalFrames: last - frame }
}

/**
 * Equal frames anywhere prove that both hear the same samples at the same place; the two before the cut must be, for the
 * transform's overlap to add up, and the later frame's reservoir must find room.
 */
function cutInSameAudio(
  { earlier, later, shift, first, last }: Pairs,
  leastEqualFrames: number,
): Splice | null {
  let cut: number | null = null
  let equalFrames = 0
  let before = false
  for (let frame = first; frame <= last; frame++) {
    const equal = sameAudio(earlier, frame - 1, later, frame - 1 - shift)
    if (equal) equalFrames++
    if (equal && before && fits(earlier, frame, later, frame - shift)) cut = frame
    before = equal
  }
  if (cut === null || equalFrames < leastEqualFrames) return null
  return { tier: 'same-audio', earlierFrame: cut, laterFrame: cut - shift, equalFrames }
}

/** Whether the later frame's main data, as far as it lies before its own area, finds room after that of the frame before. */
function fits(earlier: MainData, a: number, later: MainData, b: number): boolean {
  const needed = later.areaStart(b) - later.start(b)
  const free = earlier.areaStart(a) - ((earlier.endBit(a - 1) + 7) >> 3)
  return later.start(b) >= 0 && needed <= Math.min(free, reservoirBytes)
}

function sameState(earlier: MainData, a: number, later: MainData, b: number): boolean {
  const [first, second] = [earlier.frames[a]!.header, later.frames[b]!.header]
  if (first.frameBytes !== second.frameBytes) return false
  if (earlier.areaStart(a) - earlier.start(a) !== later.areaStart(b) - later.start(b)) return false
  return sameAudio(earlier, a, later, b)
}

/** Equal mode, side information (windows too, so that they overlap and add) but for main_data_begin, and main data. */
function sameAudio(earlier: MainData, a: number, later: MainData, b: number): boolean {
  if (earlier.start(a) < 0 || later.start(b) < 0) return false
  const [first, second] = [earlier.frames[a]!, later.frames[b]!]
  if (earlier.bytes[first.offset + 3] !== later.bytes[second.offset + 3]) return false
  if (!sideInfoOf(earlier, a).equals(sideInfoOf(later, b))) return false
  return mainDataOf(earlier, a).equals(mainDataOf(later, b))
}

/** With main_data_begin (the first 9 bits, or 8 below MPEG-1) cleared. */
function sideInfoOf({ bytes, frames }: MainData, index: number): Buffer {
  const { offset, header } = frames[index]!
  const start = offset + header.headerBytes
  const copy = Buffer.from(bytes.subarray(start, start + header.sideInfoBytes))
  copy[0] = 0
  if (header.version === 1) copy[1]! &= 0x7f
  return copy
}

/** With what follows its last bit cleared. */
function mainDataOf(mainData: MainData, index: number): Buffer {
  const start = mainData.start(index)
  const bits = mainData.endBit(index) - start * 8
  const data = mainData.read(start, (bits + 7) >> 3)
  if ((bits & 7) !== 0) data[data.length - 1]! &= 0xff00 >> (bits & 7)
  return data
}
