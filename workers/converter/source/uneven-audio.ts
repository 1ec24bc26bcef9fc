/** What keeps every attempt from encoding a track rightly as it is; evened out, it can be encoded. */
import { DomainError } from '#runtime/domain-error.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import type { Recipe } from '#converter/plan/recipe.ts'

/**
 * The audio changes its rate or channels on the way: ffmpeg builds its filters anew at each change, and they count their samples
 * from there. What was trimmed or faded by them would be so at the wrong place.
 */
export class ChangingAudio extends Error {}

/** To its owner. */
export const lessAudio = 'Less audio could be decoded than the file promises: it is damaged or cut short.'

/** The source gave less audio than was counted: it is damaged, or time passes in it without audio. */
export class MissingAudio extends DomainError {
  constructor() {
    super('CORRUPT_FILE', lessAudio)
  }
}

/**
 * What follows a packet that was not decoded would be heard early, however little that is. Where no length is known, neither are
 * times to go by.
 * @throws MissingAudio.
 */
export function assureNothingLost(
  { decodeErrors }: Pick<FfmpegTotals, 'decodeErrors'>,
  { track }: Pick<Recipe, 'track'>,
): void {
  if (decodeErrors > 0 && track.durationMs !== null) throw new MissingAudio()
}

export const isUnevenAudio = (error: unknown): error is ChangingAudio | MissingAudio =>
  error instanceof ChangingAudio || error instanceof MissingAudio
