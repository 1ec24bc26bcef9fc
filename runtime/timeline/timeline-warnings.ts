/** What of a track's timeline is told to its owner: each place, or of many how many there are and how much it is in all. */
import { warning, type Warning, type WarningCode } from '#schema/documents/warning.ts'
import { clockWords } from './time-words.ts'

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
  readonly many: (places: string, length: string) => string
}

const wordsOf: Readonly<Record<ToldStep['is'], Words>> = {
  gap: {
    code: 'AUDIO_GAP_FILLED',
    one: (place, length) => `The file has no audio at ${place} for ${length}; the MP3 has silence there.`,
    many: (places, length) =>
      `${places} the file has no audio, for ${length} in all; the MP3 has silence there.`,
  },
  overlap: {
    code: 'AUDIO_OVERLAP_CUT',
    one: (place, length) =>
      `At ${place} the file goes back by ${length}; what had been heard by then is left out.`,
    many: (places, length) =>
      `${places} the file goes back, by ${length} in all; what had been heard by then is left out.`,
  },
  jump: {
    code: 'CLOCK_JUMP_CLOSED',
    one: (place, length) =>
      `At ${place} the clock of the file jumps by ${length}; the audio goes on without a gap.`,
    many: (places) => `${places} the clock of the file jumps; the audio goes on without a gap.`,
  },
}

const lengthWords = (durationMs: number) =>
  durationMs < 60_000 ? `${durationMs / 1000} s` : clockWords(durationMs)

/** Of each kind; a call pauses at every breath. */
const mostOneByOne = 3

export function timelineWarnings(audioTrack: number, steps: readonly ToldStep[]): Warning[] {
  return Object.entries(wordsOf).flatMap(([kind, words]) => {
    const ofKind = steps.filter(({ is }) => is === kind)
    if (ofKind.length > mostOneByOne) return [allTogether(audioTrack, ofKind, words)]
    return ofKind.map(({ startMs, byMs }) => {
      const durationMs = Math.abs(byMs)
      const message = words.one(clockWords(startMs), lengthWords(durationMs))
      return warning(words.code, message, { audioTrack, startMs, durationMs })
    })
  })
}

function allTogether(audioTrack: number, steps: readonly ToldStep[], { code, many }: Words): Warning {
  const durationMs = steps.reduce((sum, { byMs }) => sum + Math.abs(byMs), 0)
  const { startMs } = steps[0]!
  const places = `In ${steps.length} places from ${clockWords(startMs)} to ${clockWords(steps.at(-1)!.startMs)}`
  return warning(code, many(places, lengthWords(durationMs)), { audioTrack, startMs, durationMs })
}
