/** What a step in the time of a track's audio means: audio is missing there, is told twice, or the file's clock was set anew. */
import { DomainError } from '#runtime/domain-error.ts'
import type { Step } from '#runtime/timeline/step-finder.ts'
import { hasEditLists } from './beginnings.ts'
import type { ClockStep } from './find-step.ts'
import type { StreamClock } from './stream-clocks.ts'

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
/** A clock that begins once more does so near where it began. */
const restartSeconds = 1

/** Beyond this, seconds of a clock are no longer told apart, and neither the database nor a reader knows such a time: 300 years. */
const mostMovedSeconds = 1e10

/** @throws DomainError CORRUPT_FILE where the clock moves beyond all times, or so often that it cannot be judged. */
export function judgeSteps(steps: readonly Step[], surroundings: Surroundings): JudgedStep[] {
  const movedSeconds = steps.reduce((sum, { bySeconds }) => sum + Math.abs(bySeconds), 0)
  if (movedSeconds > mostMovedSeconds) throw new DomainError('CORRUPT_FILE', beyondTime)
  let packet = -1
  return steps.map((step) => {
    // Whatever its packets do elsewhere means nothing to it; what was not decoded is a step in its time alone.
    const clockStep = surroundings.own?.same(step, packet)
    if (clockStep === undefined) return { ...step, is: shiftOf(step) }
    packet = clockStep.packet
    return { ...step, is: isJump(clockStep, surroundings) ? 'jump' : shiftOf(step) }
  })
}

const beyondTime = 'The clock of the file moves by more than 300 years: it is damaged, or made to be so.'

const shiftOf = ({ bySeconds }: Pick<Step, 'bySeconds'>) => (bySeconds > 0 ? 'gap' : 'overlap')

function isJump(step: ClockStep, { container, own, others }: Surroundings): boolean {
  if (step.bySeconds > 0 && step.bySeconds < leastJumpSeconds) return false
  // There a clock goes back where an edit begins, by packets that are there for the decoder's sake.
  if (step.bySeconds < 0 && hasEditLists({ container })) return false
  const present = others.filter(({ firstPacket, lastPacket }) => {
    return firstPacket < step.packet && step.packet < lastPacket
  })
  if (present.length > 0) return present.every(({ alike }) => alike(step) !== undefined)
  if (step.bySeconds > 0) return step.bySeconds > aloneJumpSeconds && withoutOneClock.has(container)
  const beginsAnew = step.fromSeconds + step.bySeconds < own!.firstSeconds + restartSeconds
  return beginsAnew || step.bySeconds < -aloneJumpSeconds
}
