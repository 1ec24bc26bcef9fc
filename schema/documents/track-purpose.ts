/** What an audio track is for, among the others of its file. */

/** Those that most people want to hear come first. */
export const trackPurposes = [
  'MAIN',
  /** For who hears badly: the same, with clearer speech. */
  'HEARING_IMPAIRED',
  'COMMENTARY',
  /** Tells what is to be seen. */
  'AUDIO_DESCRIPTION',
  /** Without speech, or without singing. */
  'CLEAN_EFFECTS',
] as const

export type TrackPurpose = (typeof trackPurposes)[number]
