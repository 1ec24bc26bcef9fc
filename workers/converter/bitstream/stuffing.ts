/**
 * The stuffing that LAME puts between the main data of two frames: its name, then bits in turn 0 and 1. Which of the two
 * comes next is state of the encoder that decoders ignore (LAME 3.100, libmp3lame/bitstream.c, drain_into_ancillary).
 */
import type { MainData } from './bit-reservoir.ts'

const name = Buffer.from('LAME3.100', 'latin1')

interface Run {
  readonly from: number
  readonly to: number
}

/** Stuffing that LAME 3.100 would not have written: nothing can be said about the encoder's state. */
export class UnknownStuffing extends Error {}

/**
 * The runs of alternating bits from one bit of the main data to another. A gap holds what was drained after the one frame
 * and before the next: twice the name may stand there, the second time at a whole byte. `L` never looks like such a run.
 */
function alternatingRuns(bits: BitReader, from: number, to: number): Run[] {
  const runs: Run[] = []
  for (let position = from; position < to;) {
    const afterName = skipName(bits, position, to)
    let end = afterName
    while (end < to && !(end > afterName && beginsName(bits, end, to))) end = Math.min(to, (end | 7) + 1)
    if (end > afterName) runs.push({ from: afterName, to: end })
    position = end
  }
  return runs
}

const beginsName = (bits: BitReader, position: number, to: number): boolean =>
  position + 8 <= to && bits.byteAt(position) === name[0]

function skipName(bits: BitReader, from: number, to: number): number {
  let position = from
  for (const letter of name) {
    if (position + 8 > to || bits.byteAt(position) !== letter) break
    position += 8
  }
  return position
}

interface BitReader {
  byteAt(position: number): number
  bitAt(position: number): number
}

/** @param origin The byte of the main data that `data` begins with. */
function createBitReader(data: Buffer, origin: number): BitReader {
  const bitAt = (position: number) => (data[(position >> 3) - origin]! >> (7 - (position & 7))) & 1
  const byteAt = (position: number) => {
    const at = (position >> 3) - origin
    return (((data[at]! << 8) | (data[at + 1] ?? 0)) >> (8 - (position & 7))) & 0xff
  }
  return { bitAt, byteAt }
}

/** What each byte of a run is that has the bit `first` at `from`. */
const alternatingByte = (first: number, from: number): number => ((first ^ (from & 1)) === 1 ? 0xaa : 0x55)

/** The bit that LAME would have stuffed next before the frame's main data; null when no run comes before it. */
export function nextStuffingBit(mainData: MainData, frame: number): 0 | 1 | null {
  for (let index = frame - 1; index >= 0 && mainData.start(index) >= 0; index--) {
    const [from, to] = [mainData.endBit(index), mainData.start(index + 1) * 8]
    if (to <= from) continue
    const origin = from >> 3
    const bits = createBitReader(mainData.read(origin, (to >> 3) - origin), origin)
    const last = alternatingRuns(bits, from, to).at(-1)
    if (last !== undefined) return bits.bitAt(last.to - 1) === 1 ? 0 : 1
  }
  return null
}

/**
 * Turns each alternating bit between two bits of the main data.
 * @throws UnknownStuffing where a run does not alternate.
 */
export function flipStuffing(mainData: MainData, from: number, to: number): void {
  if (to <= from) return
  const origin = from >> 3
  const data = mainData.read(origin, ((to + 7) >> 3) - origin)
  const bits = createBitReader(data, origin)
  for (const run of alternatingRuns(bits, from, to)) {
    const pattern = alternatingByte(bits.bitAt(run.from), run.from)
    // A byte at a time: in silence most of a file is stuffing.
    for (let position = run.from; position < run.to;) {
      const count = Math.min(8 - (position & 7), run.to - position)
      const mask = (0xff >> (position & 7)) & (0xff << (8 - (position & 7) - count))
      const at = (position >> 3) - origin
      if ((data[at]! & mask) !== (pattern & mask)) throw new UnknownStuffing(`near bit ${position}`)
      data[at]! ^= mask
      position += count
    }
  }
  mainData.write(origin, data)
}
