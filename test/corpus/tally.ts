/** Counts what came of a group's files: a row of the long run's table. */
import type { Judgement } from './judge-file.ts'

export interface GroupResult {
  readonly group: string
  readonly files: number
  readonly converted: number
  /** How many by each code. */
  readonly refused: Readonly<Record<string, number>>
  /** Processes ended by a signal, errors without a code, and files that took for ever. */
  readonly crashes: number
  /** Files and processes left behind, and secrets found where they must not be. */
  readonly leaks: number
  readonly worstMemoryMb: number
  readonly worstSeconds: number
}

export interface Tally {
  add(judgement: Judgement, leaks: number): void
  result(): GroupResult
}

export function createTally(group: string): Tally {
  const result = { group, files: 0, converted: 0, crashes: 0, leaks: 0, worstMemoryMb: 0, worstSeconds: 0 }
  const refused: Record<string, number> = {}
  return {
    add({ outcome, crash, peakMemoryMb, seconds }, leaks) {
      result.files++
      result.leaks += leaks
      result.worstMemoryMb = Math.max(result.worstMemoryMb, Math.round(peakMemoryMb))
      result.worstSeconds = Math.max(result.worstSeconds, Math.round(seconds * 10) / 10)
      if (outcome.kind === 'converted') result.converted++
      if (outcome.kind === 'refused') refused[outcome.code] = (refused[outcome.code] ?? 0) + 1
      if (crash !== null || outcome.kind === 'hung' || outcome.kind === 'broken') result.crashes++
    },
    result: () => ({ ...result, refused }),
  }
}
