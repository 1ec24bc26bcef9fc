/** Makes a track that changes its rate or channels on the way, as broadcasts do, into one that is the same throughout. */
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { selectTrack } from './mp3-options.ts'
import type { Recipe } from './recipe.ts'
import { runOnSource } from './run-on-source.ts'

/**
 * ffmpeg builds its filters anew at each change, and they count their samples from there: what was trimmed or faded by them
 * would be so at the wrong place.
 */
export class ChangingSound extends Error {}

/** FLAC with 24 bits: more than any lossy source holds, and counted to the sample. */
const evenFormat = ['-c:a', 'flac', '-sample_fmt', 's32', '-compression_level', '0', '-f', 'flac']

/** Stereo at 48 kHz with 24 bits that no coder could make smaller. */
const mostBytesPerMs = 300

interface Uneven {
  readonly sourcePath: string
  /** Where the even sound goes. */
  readonly evenPath: string
  readonly recipe: Recipe
  readonly signal: AbortSignal
}

/** @returns the recipe that makes the same of the even sound. @throws DomainError CORRUPT_FILE, CONVERSION_TIMED_OUT. */
export async function evenOut(
  runFfmpeg: RunFfmpeg,
  { sourcePath, evenPath, recipe, signal }: Uneven,
): Promise<Recipe> {
  const { track, trackMs, sampleRateHz, channels } = recipe
  const shape = ['-ar', String(sampleRateHz), '-ac', String(channels), '-max_error_rate', '1']
  const limits = limitsFor(trackMs)
  await runOnSource({ trackMs, signal }, (either) =>
    runFfmpeg({
      inputOptions,
      input: fileUrl(sourcePath),
      outputOptions: [...selectTrack(track), ...shape, ...evenFormat],
      output: fileUrl(evenPath),
      limits: { ...limits, fileBytes: limits.fileBytes + Math.ceil(trackMs * mostBytesPerMs) },
      signal: either,
    }),
  )
  return { ...recipe, track: { ...track, index: 0, codec: 'flac', sampleRateHz, channels } }
}
