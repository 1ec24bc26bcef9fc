/** How the channels of a track are mixed while it is evened out. */
import { unknownPeakDbtp } from '#converter/loudness/mix-peaks.ts'
import { changingMixFilters } from '#converter/plan/mix.ts'
import type { Recipe } from '#converter/plan/recipe.ts'

/** @param changes Whether the channels may change on the way, so that nobody knows yet which there will be. */
export const mixWhileEvened = ({ track, channels, mix }: Recipe, changes: boolean): readonly string[] =>
  changes ? changingMixFilters(track, channels) : mix

/** @param channelLayouts What there was to mix, by ffmpeg's names. @returns the evened-out recipe's `mixPeakDbtp`. */
export function peakAfterEvening(recipe: Recipe, channelLayouts: readonly string[]): number | null {
  const isSummed = channelLayouts.some((layout) => layout !== 'mono' && layout !== 'stereo')
  return isSummed && recipe.loudness === null ? (recipe.mixPeakDbtp ?? unknownPeakDbtp) : null
}
