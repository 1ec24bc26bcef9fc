/** What ffmpeg is told to make of a track: one list for the plain encode and for segments, or their bytes would differ. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { isWhole, type Recipe } from './recipe.ts'

export function selectTrack({ index }: AudioTrack): string[] {
  return ['-map', `0:a:${index}`, '-vn', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']
}

/** Some recorders write thousands of empty packets. What counts is the audio they gave, which is measured afterwards. */
const judgedByResult = ['-max_error_rate', '1']

export function encodeMp3(recipe: Recipe): string[] {
  const shape = ['-ar', String(recipe.sampleRateHz), '-ac', String(recipe.channels)]
  const quality = recipe.encoderQuality === null ? [] : ['-compression_level', String(recipe.encoderQuality)]
  return [
    '-c:a',
    'libmp3lame',
    ...rateControlOptions(recipe),
    ...quality,
    ...shape,
    ...judgedByResult,
    '-f',
    'mp3',
  ]
}

function rateControlOptions({ rateControl }: Recipe): string[] {
  if (rateControl.bitrateMode === 'VBR') return ['-q:a', String(rateControl.vbrQuality)]
  const average = rateControl.bitrateMode === 'ABR' ? ['-abr', '1'] : []
  return [...average, '-b:a', `${rateControl.bitrateKbps}k`]
}

/** A part of a recipe's samples, counted from the track's first at the MP3's rate. */
export interface Window {
  readonly startSample: number
  readonly endSample: number | null
  /** How many samples a seek has passed over. */
  readonly skippedSamples: number
}

/** @returns what follows -af; nothing where the audio is taken as it is. */
export function filterOptions(recipe: Recipe, window: Window = { ...recipe, skippedSamples: 0 }): string[] {
  const isAll = window.startSample === 0 && window.endSample === null
  const filters = isAll && isWhole(recipe) ? recipe.mix : audioFilters(recipe, window)
  return filters.length === 0 ? [] : ['-af', filters.join(',')]
}

/**
 * Mixed first: of all that follows, there is less to do. Resampled before it is trimmed: a resampler that began in the middle would
 * give other samples. Samples are numbered anew, as timestamps may have gaps: fades are placed by them.
 */
export function audioFilters(recipe: Recipe, window: Window = { ...recipe, skippedSamples: 0 }): string[] {
  const { track, sampleRateHz, channels, mix, gain } = recipe
  return [
    ...mix,
    ...(sampleRateHz === track.sampleRateHz ? [] : [`aresample=${sampleRateHz}`]),
    // Rounded: the quotient is a floating-point number, and a hair too small becomes a sample too few.
    'asetpts=round(N/SR/TB)',
    ...trimFilters(window),
    ...fadeFilters(recipe, window.skippedSamples),
    ...(gain === null
      ? []
      : [`aformat=channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`, ...gain.filters]),
  ]
}

function trimFilters({ startSample, endSample, skippedSamples }: Window): string[] {
  const range = [`start_sample=${startSample - skippedSamples}`]
  if (endSample !== null) range.push(`end_sample=${endSample - skippedSamples}`)
  return startSample === 0 && endSample === null ? [] : [`atrim=${range.join(':')}`]
}

/** @throws Error for a fade-out before an end that is not known yet. */
function fadeFilters(
  { startSample, endSample, fadeInSamples, fadeOutSamples }: Recipe,
  skippedSamples: number,
): string[] {
  const filters: string[] = []
  if (fadeInSamples > 0) filters.push(`afade=t=in:ss=${startSample - skippedSamples}:ns=${fadeInSamples}`)
  if (fadeOutSamples > 0) {
    if (endSample === null) throw new Error('a fade-out needs an end')
    filters.push(`afade=t=out:ss=${endSample - fadeOutSamples - skippedSamples}:ns=${fadeOutSamples}`)
  }
  return filters
}
