/** What of a track's timeline is told to its owner: each place, or of very many the first ones and how many more there are. */
import { mostWarnings, warning, type Warning, type WarningCode } from '#schema/documents/warning.ts'
import { timeWords } from './time-words.ts'

export interface ToldStep {
  readonly is: 'gap' | 'overlap' | 'jump'
  /** In the file's time, as it is heard. */
  readonly startMs: number
  /** How much is missing, told twice, or left out of the count; negative where a clock goes back. */
  readonly byMs: number
}

interface Words {
  readonly code: WarningCode
  readonly one: (place: string, length: string) => string
  readonly more: (count: number, length: string) => string
}

const wordsOf: Readonly<Record<ToldStep['is'], Words>> = {
  gap: {
    code: 'AUDIO_GAP_FILLED',
    one: (place, length) => `The file has no audio at ${place} for ${length}; the MP3 has silence there.`,
    more: (count, length) =>
      `In ${count} more places the file has no audio, for ${length} in all; the MP3 has silence there.`,
  },
  overlap: {
    code: 'AUDIO_OVERLAP_CUT',
    one: (place, length) =>
      `At ${place} the file goes back by ${length}; what had been heard by then is left out.`,
    more: (count, length) =>
      `In ${count} more places the file goes back, by ${length} in all; what had been heard by then is left out.`,
  },
  jump: {
    code: 'CLOCK_JUMP_CLOSED',
    one: (place, length) =>
      `At ${place} the clock of the file jumps by ${length}; the audio goes on without a gap.`,
    more: (count, length) =>
      `In ${count} more places the clock of the file jumps, by ${length} in all; the audio goes on without a gap.`,
  },
}

const secondsWords = (durationMs: number) => `${durationMs / 1000} s`

/** Told one by one of each kind, so that all kinds find room. */
const mostOfAKind = Math.floor(mostWarnings / 5)

export function timelineWarnings(audioTrack: number, steps: readonly ToldStep[]): Warning[] {
  return Object.entries(wordsOf).flatMap(([kind, { code, one, more }]) => {
    const ofKind = steps.filter(({ is }) => is === kind)
    const told = ofKind.slice(0, mostOfAKind).map(({ startMs, byMs }) => {
      const durationMs = Math.abs(byMs)
      return warning(code, one(timeWords(startMs), secondsWords(durationMs)), {
        audioTrack,
        startMs,
        durationMs,
      })
    })
    const others = ofKind.slice(mostOfAKind)
    if (others.length === 0) return told
    const durationMs = others.reduce((sum, { byMs }) => sum + Math.abs(byMs), 0)
    const { startMs } = others[0]!
    return [
      ...told,
      warning(code, more(others.length, secondsWords(durationMs)), { audioTrack, startMs, durationMs }),
    ]
  })
}
