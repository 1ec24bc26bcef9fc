/**
 * Makes a track that changes its rate or channels on the way, as broadcasts do, or is without audio for a while, as recordings
 * of calls are, into one that is the same throughout.
 */
import { DomainError } from '#runtime/domain-error.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { selectTrack } from '#converter/plan/mp3-options.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { runOnSource } from './run-on-source.ts'

/** FLAC with 24 bits: more than any lossy source holds, and counted to the sample. */
const evenFormat = ['-c:a', 'flac', '-sample_fmt', 's32', '-compression_level', '0', '-f', 'flac']

/** From a tenth of a second on: in less, timestamps are merely rounded. */
const withSilence = ['-af', 'aresample=async=1']

/** Stereo at 48 kHz with 24 bits: what no coder could make smaller, and what it makes of most audio. */
const [mostBytesPerMs, usualBytesPerMs] = [300, 150]

export interface UnevenTrack {
  readonly recipe: Recipe
  /** Puts silence where time passes without audio, so that what follows stays in its place. */
  readonly fillsGaps: boolean
  readonly share: CoreShare
  readonly signal: AbortSignal
}

/**
 * Made once, whoever asks first: all MP3s of a conversion are made of it.
 * @returns where the even track is, and the recipe that makes the same of it.
 * @throws DomainError CORRUPT_FILE, CONVERSION_TIMED_OUT; DiskFullError.
 */
export type EvenOut = (
  uneven: UnevenTrack,
) => Promise<{ readonly sourcePath: string; readonly recipe: Recipe }>

/** @param paths `evenPath` is where the even track is put. */
export function createEvenOut(
  { runFfmpeg, disk }: { readonly runFfmpeg: RunFfmpeg; readonly disk: DiskSpace },
  paths: { readonly sourcePath: string; readonly evenPath: string },
): EvenOut {
  let made: Promise<void> | undefined
  return async (uneven) => {
    made ??= makeEven(runFfmpeg, disk, { ...uneven, ...paths })
    await made
    const { track, sampleRateHz, channels } = uneven.recipe
    const even = { ...track, index: 0, codec: 'flac', sampleRateHz, channels }
    return { sourcePath: paths.evenPath, recipe: { ...uneven.recipe, track: even } }
  }
}

async function makeEven(
  runFfmpeg: RunFfmpeg,
  disk: DiskSpace,
  {
    sourcePath,
    evenPath,
    recipe,
    fillsGaps,
    share,
    signal,
  }: UnevenTrack & { readonly sourcePath: string; readonly evenPath: string },
): Promise<void> {
  const { track, trackMs, sampleRateHz, channels } = recipe
  if (!(await disk.hasRoomFor(trackMs * usualBytesPerMs)))
    throw new DiskFullError('no room for an evened-out track')
  const shape = ['-ar', String(sampleRateHz), '-ac', String(channels), '-max_error_rate', '1']
  const limits = limitsFor(trackMs)
  const run = (either: AbortSignal) =>
    runFfmpeg({
      inputOptions,
      input: fileUrl(sourcePath),
      outputOptions: [...selectTrack(track), ...(fillsGaps ? withSilence : []), ...shape, ...evenFormat],
      output: fileUrl(evenPath),
      limits: { ...limits, fileBytes: limits.fileBytes + Math.ceil(trackMs * mostBytesPerMs) },
      signal: either,
    })
  try {
    const { errors } = await share.run(() => runOnSource({ trackMs, signal }, run), signal)
    // What is missing for another reason is no silence.
    if (fillsGaps && errors.length > 0) throw new FfmpegError('not all of the audio was decoded', errors)
  } catch (error) {
    // ffmpeg has no room for a silence of many minutes.
    const unfilled = fillsGaps && error instanceof FfmpegError
    throw unfilled ? new DomainError('CORRUPT_FILE', undefined, { cause: error }) : error
  }
}
