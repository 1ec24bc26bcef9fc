/** What is wrong with a sound that no path can encode rightly as it is; once it is evened out, one may. */
import { DomainError } from '#runtime/domain-error.ts'

/**
 * The sound changes its rate or channels on the way: ffmpeg builds its filters anew at each change, and they count their samples
 * from there. What was trimmed or faded by them would be so at the wrong place.
 */
export class ChangingAudio extends Error {}

/** The source gave much less sound than its header promises: it is damaged, or time passes in it without a sound. */
export class MissingAudio extends DomainError {
  constructor() {
    super('CORRUPT_FILE', 'Less sound could be decoded than the file promises: it is damaged or cut short.')
  }
}

export const isUnevenAudio = (error: unknown): error is ChangingAudio | MissingAudio =>
  error instanceof ChangingAudio || error instanceof MissingAudio
