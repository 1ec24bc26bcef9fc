/** Timelines by chance: what happens to the clock of a file's audio on the way, and what a careful player gives of it. */
import type { WarningCode } from '#schema/documents/warning.ts'
import {
  packetCodecs,
  pictureCodecs,
  type PacketCodec,
  type PacketContainer,
  type Packets,
  type PlacedPacket,
} from './timed-packets.ts'

/** The file's audio, as it was before anything happened to it. */
export const contentSeconds = 24

export interface TimelineEvent {
  /**
   * `gap`: nothing for a while, and then it goes on. `lost`: what was there for a while is not. `jump`: all clocks go on elsewhere.
   * `overlap`: the audio's clock goes back, and nothing else does.
   */
  readonly is: 'gap' | 'lost' | 'jump' | 'overlap'
  /** Of the content. */
  readonly atSeconds: number
  readonly seconds: number
}

export interface TimelinePlan {
  readonly container: PacketContainer
  readonly codec: PacketCodec
  readonly hasPicture: boolean
  readonly beginsSeconds: number
  readonly statesLength: boolean
  readonly events: readonly TimelineEvent[]
}

/** Mulberry32, which is small and even enough. */
export function chances(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function timelinePlan(seed: number): TimelinePlan {
  const chance = chances(seed)
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(chance() * values.length)]!
  const between = (from: number, to: number) => Math.round((from + chance() * (to - from)) * 100) / 100
  const container = oneOf(Object.keys(pictureCodecs) as PacketContainer[])
  const codec = oneOf(packetCodecs)
  const hasPicture = chance() < 0.7
  const kinds = (['gap', 'lost', 'overlap', 'jump'] as const).filter(
    (is) => is !== 'jump' || hasPicture || container !== 'mkv',
  )
  const lengthOf = (is: TimelineEvent['is']) => {
    if (is === 'lost') return between(0.06, 2)
    if (is === 'overlap') return between(0.1, 1.5)
    if (is === 'gap')
      return oneOf([
        between(0.06, 0.5),
        between(0.5, 4),
        hasPicture || container === 'mkv' ? between(11, 20) : between(4, 9),
      ])
    const forward = oneOf([between(hasPicture ? 1 : 11, 20), between(100, 4_000)])
    return container !== 'mkv' && hasPicture && chance() < 0.4 ? -between(1, 2) : forward
  }
  const events = [3, 8, 13, 18]
    .filter(() => chance() < 0.6)
    .map((second) => {
      const is = oneOf(kinds)
      return { is, atSeconds: second + between(0, 1.5), seconds: lengthOf(is) }
    })
  const beginsSeconds = hasPicture && chance() < 0.3 ? between(0.2, 6) : 0
  return { container, codec, hasPicture, beginsSeconds, statesLength: chance() < 0.5, events }
}

/** A stretch of the content that is heard in one piece. */
export interface HeardStretch {
  readonly fromSeconds: number
  readonly toSeconds: number
  /** In the MP3. */
  readonly atSeconds: number
}

export interface Timeline {
  readonly packets: readonly PlacedPacket[]
  readonly heard: readonly HeardStretch[]
  readonly warnings: readonly WarningCode[]
  /** Where its clock ends. */
  readonly endSeconds: number
}

const codeOf: Readonly<Record<TimelineEvent['is'], WarningCode>> = {
  gap: 'AUDIO_GAP_FILLED',
  lost: 'AUDIO_GAP_FILLED',
  overlap: 'AUDIO_OVERLAP_CUT',
  jump: 'CLOCK_JUMP_CLOSED',
}
const pictureSeconds = 0.1

export function timelineOf(plan: TimelinePlan, { audio, packetSeconds }: Packets, picture: Buffer): Timeline {
  /** Between two jumps, each in the order of its times. */
  const parts: PlacedPacket[][] = [[]]
  const heard: { fromSeconds: number; toSeconds: number; atSeconds: number }[] = []
  const [toCome, warnings] = [[...plan.events], new Set<WarningCode>()]
  // Beyond what a clock may go back by.
  const beganSeconds = 10
  let clock = beganSeconds + plan.beginsSeconds
  let pictureClock = beganSeconds
  /** In the MP3: of the clock, and of what was heard. */
  let [position, heardTo] = [0, 0]
  let isBroken = true
  const showUntil = (seconds: number) => {
    for (; plan.hasPicture && pictureClock < seconds; pictureClock += pictureSeconds)
      parts.at(-1)!.push({ kind: 'picture', seconds: pictureClock, data: picture })
  }
  for (let index = 0; index < audio.length; index++) {
    const [event, content] = [toCome[0], index * packetSeconds]
    if (event !== undefined && content >= event.atSeconds) {
      toCome.shift()
      warnings.add(codeOf[event.is])
      isBroken = true
      if (event.is === 'lost') {
        const count = Math.max(3, Math.round(event.seconds / packetSeconds))
        index += count - 1
        clock += count * packetSeconds
        position += count * packetSeconds
        continue
      }
      if (event.is === 'jump') {
        showUntil(clock)
        parts.push([])
        clock += event.seconds
        pictureClock += event.seconds
      } else {
        const by = event.is === 'gap' ? event.seconds : -event.seconds
        clock += by
        position += by
      }
    }
    showUntil(clock)
    parts.at(-1)!.push({ kind: 'audio', seconds: clock, data: audio[index]! })
    const leftOut = Math.max(0, heardTo - position)
    if (leftOut < packetSeconds) {
      const fromSeconds = content + (isBroken ? leftOut : 0)
      if (isBroken) heard.push({ fromSeconds, toSeconds: fromSeconds, atSeconds: position + leftOut })
      isBroken = false
      heard.at(-1)!.toSeconds = content + packetSeconds
      heardTo = position + packetSeconds
    }
    clock += packetSeconds
    position += packetSeconds
  }
  showUntil(clock)
  return { packets: parts.flat(), heard, warnings: [...warnings], endSeconds: clock }
}
