/** How the clock of each stream of a file goes on from packet to packet, by what ffprobe lists of them. */
import { comparisonBudget, placeBudget, type Budget } from '#runtime/timeline/budget.ts'
import { createFindStep, type FindStep } from './find-step.ts'

export interface StreamClock {
  readonly kind: 'audio' | 'video'
  readonly firstPacket: number
  readonly lastPacket: number
  readonly firstSeconds: number
  readonly lastSeconds: number
  /** The step of this stream that the decoder found there. */
  readonly same: FindStep
  /** One that it makes together with a step of another stream. */
  readonly alike: FindStep
}

/** How far streams are from each other where all are cut. */
const togetherSeconds = 3
/** How exactly they step alike: each ends with a whole packet or picture. */
const alikeSeconds = 0.25

/** Of a stream, while it is being read. */
interface Reading {
  readonly kind: 'audio' | 'video'
  readonly firstPacket: number
  readonly firstSeconds: number
  lastPacket: number
  lastSeconds: number
  readonly someDeltas: number[]
  readonly unusual: { packet: number; fromSeconds: number; bySeconds: number }[]
}

export interface ClockReader {
  line(line: string): void
  /**
   * By the stream's place in the file, of audio and video with packets.
   * @throws DomainError CORRUPT_FILE where there are more steps than are kept.
   */
  clocks(): ReadonlyMap<number, StreamClock>
  /** The streams of all audio tracks, in order. */
  audioStreams(): readonly number[]
}

/** What ffprobe is to show, and in what form. */
export const shownPackets = [
  '-show_entries',
  'packet=codec_type,stream_index,pts_time,dts_time:stream=index,codec_type',
  '-of',
  'csv=p=1',
]

const packetLine = /^packet,(audio|video),(\d+),(-?[\d.]+|N\/A),(-?[\d.]+|N\/A)/
const audioStreamLine = /(?:^|,)stream,(\d+),audio/

/** Pictures may be shown for long, and audio may be packed into seconds: what is more than this is looked at. */
const unusualSeconds = 0.1
const mostDeltas = 1_000

export function createClockReader(places = placeBudget(), compared = comparisonBudget()): ClockReader {
  const readings = new Map<number, Reading>()
  const audio = new Set<number>()
  let packets = 0
  let clocks: ReadonlyMap<number, StreamClock> | undefined
  const add = (stream: number, kind: 'audio' | 'video', seconds: number) => {
    const packet = packets++
    const reading = readings.get(stream)
    if (reading === undefined) {
      const first = { firstPacket: packet, firstSeconds: seconds, lastPacket: packet, lastSeconds: seconds }
      return void readings.set(stream, { kind, ...first, someDeltas: [], unusual: [] })
    }
    const bySeconds = seconds - reading.lastSeconds
    if (reading.someDeltas.length < mostDeltas) reading.someDeltas.push(bySeconds)
    if ((bySeconds < 0 || bySeconds > unusualSeconds) && places.take())
      reading.unusual.push({ packet, fromSeconds: reading.lastSeconds, bySeconds })
    reading.lastPacket = packet
    reading.lastSeconds = seconds
  }
  return {
    line(line) {
      const [, kind, stream, pts, dts] = packetLine.exec(line) ?? []
      const time = [dts, pts].map(Number).find(Number.isFinite)
      if (kind !== undefined && time !== undefined) add(Number(stream), kind as 'audio' | 'video', time)
      const announced = audioStreamLine.exec(line)
      if (announced) audio.add(Number(announced[1]))
    },
    clocks() {
      places.assure()
      clocks ??= new Map([...readings].map(([stream, reading]) => [stream, clockOf(reading, compared)]))
      return clocks
    },
    audioStreams: () => [...audio].toSorted((one, other) => one - other),
  }
}

function clockOf({ someDeltas, unusual, ...reading }: Reading, compared: Budget): StreamClock {
  const usualSeconds = someDeltas.toSorted((one, other) => one - other)[someDeltas.length >> 1] ?? 0
  const steps = unusual
    .map(({ packet, fromSeconds, bySeconds }) => ({
      packet,
      fromSeconds: fromSeconds + usualSeconds,
      bySeconds: bySeconds - usualSeconds,
    }))
    .filter(({ bySeconds }) => Math.abs(bySeconds) > usualSeconds / 2)
  const exactly = { fromSeconds: alikeSeconds, bySeconds: alikeSeconds }
  const about = { fromSeconds: togetherSeconds + usualSeconds, bySeconds: alikeSeconds + usualSeconds }
  return {
    ...reading,
    same: createFindStep(steps, exactly, compared),
    alike: createFindStep(steps, about, compared),
  }
}
