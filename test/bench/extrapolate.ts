/** From what one conversion and one subscriber cost here to what a load needs: sums of which every assumption is named. */

/** CPU seconds, or bytes: of any conversion, and for each minute of its audio. */
export interface Cost {
  readonly each: number
  readonly perMinute: number
}

/** The line through two measurements; the one through nothing and a single one. Never less than nothing for each. */
export function costOf(measured: readonly { readonly minutes: number; readonly cost: number }[]): Cost {
  const [first, last] = [measured[0]!, measured.at(-1)!]
  if (first.minutes === last.minutes) return { each: 0, perMinute: first.cost / first.minutes }
  const perMinute = Math.max(0, (last.cost - first.cost) / (last.minutes - first.minutes))
  return { each: Math.max(0, first.cost - perMinute * first.minutes), perMinute }
}

export interface Assumptions {
  readonly conversionsADay: number
  /** Audio of a conversion, on average. */
  readonly minutes: number
  /** How many times the day's average its busiest minutes bring. */
  readonly peak: number
  /** The part of a core that is planned for: the rest is for what is uneven. */
  readonly use: number
  /** How long somebody watches a conversion, from the first byte of the upload to the MP3. */
  readonly watchedSeconds: number
  readonly keptDays: number
}

const daySeconds = 86_400

export const coresAtPeak = ({ each, perMinute }: Cost, a: Assumptions): number =>
  ((a.conversionsADay / daySeconds) * a.peak * (each + perMinute * a.minutes)) / a.use

export const bytesADay = ({ each, perMinute }: Cost, a: Assumptions): number =>
  a.conversionsADay * (each + perMinute * a.minutes)

/** Little's law: how many are there at once is how many come in a second, times how long each stays. */
export const watchersAtPeak = (a: Assumptions): number =>
  (a.conversionsADay / daySeconds) * a.peak * a.watchedSeconds
