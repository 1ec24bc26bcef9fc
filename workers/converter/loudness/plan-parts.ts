/** Decides where audio is cut to be measured on several cores. */

export interface Part {
  /** The first step of 100 ms that its process hears. */
  readonly firstStep: number
  /** The first it measures. */
  readonly ownStep: number
  /** The first that is no longer its own; null for the last part, which goes on to the end. */
  readonly endStep: number | null
}

export interface PartOptions {
  readonly steps: number
  /** How many parts at most. */
  readonly count: number
  readonly leastSteps: number
  /** What decoding and filtering cost, as a part of measuring the same audio. */
  readonly decodeCost: number
}

/** Three steps fill a gating block; in the others the weighting filter forgets that it began in the middle. */
export const warmUpSteps = 10

/**
 * All processes decode from the start, and so hear the same samples as a single one would. The parts become shorter, so that
 * all take equally long: with g = 1 / (1 + decodeCost), the cut x_i is at (1 - g^i) / (1 - g^n).
 */
export function planParts({ steps, count, leastSteps, decodeCost }: PartOptions): Part[] {
  const parts = Math.max(1, Math.min(count, Math.floor(steps / leastSteps)))
  const shrink = 1 / (1 + decodeCost)
  const cuts = Array.from({ length: parts }, (_, index) =>
    Math.round((steps * (1 - shrink ** index)) / (1 - shrink ** parts)),
  )
  return cuts.map((ownStep, index) => ({
    firstStep: Math.max(0, ownStep - warmUpSteps),
    ownStep,
    endStep: cuts[index + 1] ?? null,
  }))
}
