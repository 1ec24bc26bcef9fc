/**
 * Finds where the time of decoded audio departs from its samples: where a file lacks audio, tells a stretch twice, or sets its
 * clock anew. Times that merely tremble about their samples, as rounded ones and those of live streams do, are no such place.
 */

import { placeBudget } from './budget.ts'

/** What a decoder gave of one packet. */
export interface DecodedFrame {
  /** When it is to be heard, by the file's own clock; null where that says nothing. */
  readonly startSeconds: number | null
  readonly samples: number
  readonly sampleRateHz: number
}

/** From here on, all that follows is to be heard later than its samples tell, or earlier. */
export interface Step {
  /** How many seconds of audio the decoder gave before it. */
  readonly decodedSeconds: number
  /** By the file's clock: where the audio before it ends. */
  readonly fromSeconds: number
  /** Negative where the clock goes back. */
  readonly bySeconds: number
}

export interface FoundSteps {
  readonly steps: readonly Step[]
  readonly decodedSeconds: number
  /** When the first of it is to be heard, by the file's clock; null where nothing was decoded. */
  readonly startSeconds: number | null
  /** When it ends, by the file's clock. */
  readonly endSeconds: number
}

export interface StepFinder {
  frame(frame: DecodedFrame): void
  /** @throws DomainError CORRUPT_FILE where there are more steps than are kept. */
  finish(): FoundSteps
}

/** Less than a packet of any usual codec at 48 kHz, and more than containers round by. */
const leastStepSeconds = 0.015
/** Departures of this much count also where no single packet makes them: many packets were lost, or the clocks drift. */
const mostDriftSeconds = 0.1
/** A step is one that lasts. */
const lastingSeconds = 0.25
const lastingFrames = 32

interface Waiting {
  readonly decodedSeconds: number
  /** Of the clock against the samples. */
  readonly offset: number
  readonly before: number
}

export function createStepFinder(places = placeBudget()): StepFinder {
  const steps: Step[] = []
  let waiting: Waiting[] = []
  let decodedSeconds = 0
  let first: number | null = null
  let last = 0
  /** The clock against the samples, as it was found to be. */
  let reference = 0

  const judge = (one: Waiting, at: number) => {
    const departure = one.offset - reference
    if (Math.abs(departure) < leastStepSeconds) return
    const departures = waiting.slice(at, at + 1 + lastingFrames).map(({ offset }) => offset - reference)
    const lasting = departure > 0 ? Math.min(...departures) : Math.max(...departures)
    if (lasting * departure <= 0 || Math.abs(lasting) < leastStepSeconds) return
    const byThisOne = (one.offset - one.before) * Math.sign(departure)
    if (byThisOne < leastStepSeconds / 2 && Math.abs(lasting) < mostDriftSeconds) return
    if (!places.take()) return
    const fromSeconds = one.decodedSeconds + reference
    steps.push({ decodedSeconds: one.decodedSeconds, fromSeconds, bySeconds: lasting })
    reference += lasting
  }
  const settle = (isOver: boolean) => {
    let at = 0
    for (; at < waiting.length; at++) {
      const one = waiting[at]!
      const isSettled =
        waiting.length - at > lastingFrames || decodedSeconds - one.decodedSeconds >= lastingSeconds
      if (!isSettled && !isOver) break
      judge(one, at)
    }
    waiting = waiting.slice(at)
  }
  return {
    frame({ startSeconds, samples, sampleRateHz }) {
      const begunAt = decodedSeconds
      decodedSeconds += samples / sampleRateHz
      if (startSeconds === null) return
      const offset = startSeconds - begunAt
      if (first === null) {
        first = startSeconds
        reference = last = offset
      }
      waiting.push({ decodedSeconds: begunAt, offset, before: last })
      last = offset
      settle(false)
    },
    finish() {
      settle(true)
      places.assure()
      return { steps, decodedSeconds, startSeconds: first, endSeconds: decodedSeconds + reference }
    },
  }
}
