/** What a step in the time of a track's audio means: audio is missing there, is told twice, or the file's clock was set anew. */
import type { Step } from '#runtime/timeline/step-finder.ts'
import { hasEditLists } from './beginnings.ts'
import type { ClockStep, StreamClock } from './stream-clocks.ts'

export interface JudgedStep extends Step {
  readonly is: 'gap' | 'overlap' | 'jump'
}

export interface Surroundings {
  /** By ffprobe's name of the demuxer. */
  readonly container: string
  /** Of the track itself; absent where it has none. */
  readonly own: StreamClock | undefined
  /** Of all other audio and video. */
  readonly others: readonly StreamClock[]
}

/** In these the clock may be set anew anywhere: they are joined, cut and sent on without being written again. */
const withoutOneClock: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'flv'])
/** Of audio alone in these, so much is a new clock. */
const aloneJumpSeconds = 10
/** What all streams lack at once and is shorter was lost on the way; a clock is not set anew for that. */
const leastJumpSeconds = 0.5
/** How far streams are from each other where all are cut. */
const togetherSeconds = 3
/** How exactly they step alike: each ends with a whole packet or picture. */
const alikeSeconds = 0.25
/** A clock that begins once more does so near where it began. */
const restartSeconds = 1

/** How many steps of the packets may mean nothing to the decoder, one after another. */
const mostAhead = 500

export function judgeSteps(steps: readonly Step[], surroundings: Surroundings): JudgedStep[] {
  const { own } = surroundings
  let next = 0
  return steps.map((step) => {
    const ahead = own?.steps.slice(next, next + mostAhead) ?? []
    const at = ahead.findIndex((clockStep) => isSame(step, clockStep))
    if (at === -1) return { ...step, is: shiftOf(step) }
    next += at + 1
    return { ...step, is: isJump(ahead[at]!, surroundings) ? 'jump' : shiftOf(step) }
  })
}

const shiftOf = ({ bySeconds }: Pick<Step, 'bySeconds'>) => (bySeconds > 0 ? 'gap' : 'overlap')

/** Whether the decoder's step is the packets': what was not decoded is a step in its time alone. */
const isSame = (step: Step, { fromSeconds, bySeconds }: ClockStep): boolean =>
  Math.abs(step.fromSeconds - fromSeconds) < alikeSeconds &&
  Math.abs(step.bySeconds - bySeconds) < alikeSeconds

function isJump(step: ClockStep, { container, own, others }: Surroundings): boolean {
  if (step.bySeconds > 0 && step.bySeconds < leastJumpSeconds) return false
  // There a clock goes back where an edit begins, by packets that are there for the decoder's sake.
  if (step.bySeconds < 0 && hasEditLists({ container })) return false
  const present = others.filter(({ firstPacket, lastPacket }) => {
    return firstPacket < step.packet && step.packet < lastPacket
  })
  if (present.length > 0) return present.every((other) => stepsAlike(step, other))
  if (step.bySeconds > 0) return step.bySeconds > aloneJumpSeconds && withoutOneClock.has(container)
  const beginsAnew = step.fromSeconds + step.bySeconds < own!.firstSeconds + restartSeconds
  return beginsAnew || step.bySeconds < -aloneJumpSeconds || container === 'ogg'
}

const stepsAlike = (step: ClockStep, { steps, usualSeconds }: StreamClock): boolean =>
  steps.some(
    ({ fromSeconds, bySeconds }) =>
      Math.abs(fromSeconds - step.fromSeconds) <= togetherSeconds + usualSeconds &&
      Math.abs(bySeconds - step.bySeconds) <= alikeSeconds + usualSeconds,
  )
