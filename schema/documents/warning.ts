/** What was odd about a file, an order, or an MP3 of it, and what was done about it. Without a warning, nothing was. */
import * as z from 'zod'

/** Each is described in the SDL, as WarningCode. */
export const warningCodes = [
  // Of the order
  'BITRATE_ABOVE_SOURCE',
  'SAMPLE_RATE_ABOVE_SOURCE',
  'COVER_MISSING',
  'COVER_CHANGED',
  // Of the tracks
  'TRACK_CHOSEN',
  'TRACKS_JOINED',
  'TRACK_CONTINUED',
  // Of the sound
  'CHANNELS_UNKNOWN',
  'PEAKS_LIMITED',
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

/** What is wrong in ten thousand places is told of the first ones, and then in one sentence. @public */
export const mostWarnings = 50

export const warning = (
  code: WarningCode,
  message: string,
  about: Partial<Pick<Warning, 'audioTrack' | 'startMs' | 'durationMs'>> = {},
): Warning => ({ code, message, audioTrack: null, startMs: null, durationMs: null, ...about })

/** Each once, as all MP3s of a conversion may have the same to say, and no more than fit into a document. */
export const distinctWarnings = (warnings: readonly Warning[]): Warning[] =>
  [...new Map(warnings.map((one) => [`${one.code} ${one.message}`, one])).values()].slice(0, mostWarnings)
