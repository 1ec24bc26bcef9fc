/** What was odd about a file, an order, or an MP3 of it, and what was done about it. Without a warning, nothing was. */
import * as z from 'zod'

/** Each is described in the SDL, as WarningCode. */
export const warningCodes = [
  // Of the tracks
  'TRACK_CHOSEN',
  'TRACKS_JOINED',
  'TRACK_CONTINUED',
  // Of the sound
  'CHANNELS_UNKNOWN',
  'PEAKS_LIMITED',
  // Of the order
  'BITRATE_ABOVE_SOURCE',
  'SAMPLE_RATE_ABOVE_SOURCE',
  'COVER_MISSING',
  'COVER_CHANGED',
  // Of a file's time
  'AUDIO_GAP_FILLED',
  'AUDIO_OVERLAP_CUT',
  'CLOCK_JUMP_CLOSED',
  'HEADER_WRONG',
] as const

export const warningSchema = z.object({
  code: z.enum(warningCodes),
  /** A whole sentence for the user, with the place and the length where there are any. */
  message: z.string(),
  /** Among the audio tracks; null: it is not about one of them alone. */
  audioTrack: z.int().nonnegative().nullable(),
  /** Where it begins, in the file's time, as chapters and trim are; null where it has no place. */
  startMs: z.int().nonnegative().nullable(),
  /** How long it lasts, in milliseconds; null where it has no length. */
  durationMs: z.int().nonnegative().nullable(),
})

export type Warning = z.infer<typeof warningSchema>
export type WarningCode = Warning['code']

/** Of a conversion. */
export const mostWarnings = 50

export const warning = (
  code: WarningCode,
  message: string,
  about: Partial<Pick<Warning, 'audioTrack' | 'startMs' | 'durationMs'>> = {},
): Warning => ({ code, message, audioTrack: null, startMs: null, durationMs: null, ...about })

/**
 * Each once, as all MP3s of a conversion may have the same to say, in the order above: what was chosen is told before the places
 * in a file, of which there may be more than fit into a document.
 */
export const distinctWarnings = (warnings: readonly Warning[], most = mostWarnings): Warning[] =>
  [...new Map(warnings.map((one) => [`${one.code} ${one.message}`, one])).values()]
    .toSorted((one, other) => warningCodes.indexOf(one.code) - warningCodes.indexOf(other.code))
    .slice(0, most)
