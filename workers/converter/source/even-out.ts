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
import { mixWhileEvened, peakAfterEvening } from './even-mix.ts'
import { runOnSource } from './run-on-source.ts'

/** FLAC with 24 bits: more than any lossy source holds, and counted to the sample. */
const evenFormat = ['-c:a', 'flac', '-sample_fmt', 's32', '-compression_level', '0', '-f', 'flac']

/** From a tenth of a second on: in less, timestamps are merely rounded. */
const withSilence = ['aresample=async=1']

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
  let made: Promise<EvenShape> | undefined
  return async (uneven) => {
    made ??= makeEven(runFfmpeg, disk, { ...uneven, ...paths })
    const { mix, channelLayouts } = await made
    const { track, sampleRateHz, channels } = uneven.recipe
    const even = { ...track, index: 0, codec: 'flac', sampleRateHz, channels }
    const mixPeakDbtp = peakAfterEvening(uneven.recipe, channelLayouts)
    return { sourcePath: paths.evenPath, recipe: { ...uneven.recipe, track: even, mix, mixPeakDbtp } }
  }
}

interface EvenShape {
  /** What brings the even track to its level. */
  readonly mix: readonly string[]
  readonly channelLayouts: readonly string[]
}

/** FLAC has none above full scale. Of its 24 bits, three are left to it: no layout's channels add up to more. */
const headroom = 8

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
): Promise<EvenShape> {
  const { track, trackMs, sampleRateHz, channels } = recipe
  if (!(await disk.hasRoomFor(trackMs * usualBytesPerMs)))
    throw new DiskFullError('no room for an evened-out track')
  const shape = ['-ar', String(sampleRateHz), '-ac', String(channels), '-max_error_rate', '1']
  const mix = mixWhileEvened(recipe, !fillsGaps)
  const isMixed = mix.length > 0
  const filters = [...mix, ...(isMixed ? [`volume=1/${headroom}`] : []), ...(fillsGaps ? withSilence : [])]
  const limits = limitsFor(trackMs)
  const run = (either: AbortSignal) =>
    runFfmpeg({
      inputOptions,
      input: fileUrl(sourcePath),
      outputOptions: [
        ...selectTrack(track),
        ...(filters.length === 0 ? [] : ['-af', filters.join(',')]),
        ...shape,
        ...evenFormat,
      ],
      output: fileUrl(evenPath),
      limits: { ...limits, fileBytes: limits.fileBytes + Math.ceil(trackMs * mostBytesPerMs) },
      signal: either,
    })
  try {
    const { errors, channelLayouts } = await share.run(() => runOnSource({ trackMs, signal }, run), signal)
    // What is missing for another reason is no silence.
    if (fillsGaps && errors.length > 0) throw new FfmpegError('not all of the audio was decoded', errors)
    return { mix: isMixed ? ['aformat=sample_fmts=fltp', `volume=${headroom}`] : [], channelLayouts }
  } catch (error) {
    // ffmpeg has no room for a silence of many minutes.
    const unfilled = fillsGaps && error instanceof FfmpegError
    throw unfilled ? new DomainError('CORRUPT_FILE', undefined, { cause: error }) : error
  }
}
