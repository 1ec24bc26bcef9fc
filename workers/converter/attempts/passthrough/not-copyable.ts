/** Why a track is encoded after all. */

/** The track is no MP3 that could stand by itself, or the copy could not be proven to sound the same. */
export class NotCopyable extends Error {}
