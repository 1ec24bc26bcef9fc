/**
 * Makes a track that changes its rate or channels on the way, as broadcasts do, or whose samples do not simply follow each other,
 * as those of calls and joined recordings do not, into one that is the same throughout, every sample in its place.
 */
import { rm } from 'node:fs/promises'
import type { Timeline } from '#schema/documents/timeline.ts'
import type { Warning } from '#schema/documents/warning.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { DiskFullError, type DiskSpace } from '#runtime/disk-space.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { heardSamples, stretchesOf } from '#runtime/timeline/timeline.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { decodeWhole, type Decoded } from './decode-whole.ts'
import { mixWhileEvened, peakAfterEvening } from './even-mix.ts'
import { bytesPerSample, placeStretches } from './place-stretches.ts'
import { atRate, foundTimeline } from './timeline-at-rate.ts'
import { lessAudio } from './uneven-audio.ts'

export interface UnevenTrack {
  readonly recipe: Recipe
  /** Whether less was decoded than was counted, so that what the decoder lacked is to become silence. */
  readonly fillsGaps: boolean
  readonly share: CoreShare
  readonly signal: AbortSignal
}

export interface EvenTrack {
  readonly sourcePath: string
  /** Makes the same of the even track. */
  readonly recipe: Recipe
  /** Of what was not known of the file before. */
  readonly warnings: readonly Warning[]
}

/**
 * Made once, whoever asks first: all MP3s of a conversion are made of it.
 * @throws DomainError CORRUPT_FILE, CONVERSION_TIMED_OUT; DiskFullError.
 */
export type EvenOut = (uneven: UnevenTrack) => Promise<EvenTrack>

/** A resampler keeps some samples to itself. */
const mostOtherwiseMs = 50

interface Made {
  readonly samples: number
  /** What there was to mix. */
  readonly channelLayouts: readonly string[]
  readonly warnings: readonly Warning[]
}

interface Paths {
  readonly sourcePath: string
  /** Where the even track is put. */
  readonly evenPath: string
}

export function createEvenOut(
  { runFfmpeg, disk }: { readonly runFfmpeg: RunFfmpeg; readonly disk: DiskSpace },
  paths: Paths,
): EvenOut {
  let making: Promise<Made> | undefined
  return async (uneven) => {
    making ??= makeEven(runFfmpeg, disk, { ...uneven, ...paths })
    const { samples, channelLayouts, warnings } = await making
    const { track, sampleRateHz, channels } = uneven.recipe
    const durationMs = Math.max(1, Math.round((samples / sampleRateHz) * 1000))
    const shape = { index: 0, codec: 'pcm_f32le', sampleRateHz, channels }
    const even = { ...track, ...shape, durationMs, timeline: null }
    const mixPeakDbtp = peakAfterEvening(uneven.recipe, channelLayouts)
    const found = { track: even, reading: 'USUAL', trackMs: durationMs, mix: [], mixPeakDbtp } as const
    const recipe = { ...uneven.recipe, ...found }
    return { sourcePath: paths.evenPath, recipe, warnings }
  }
}

async function makeEven(
  runFfmpeg: RunFfmpeg,
  disk: DiskSpace,
  { sourcePath, evenPath, recipe, fillsGaps, share, signal }: UnevenTrack & Paths,
): Promise<Made> {
  const { sampleRateHz, channels, trackMs } = recipe
  const bytes = ((trackMs * sampleRateHz) / 1000) * channels * bytesPerSample
  // What is decoded lies beside what is made of it.
  if (!(await disk.hasRoomFor(2 * bytes))) throw new DiskFullError('no room for an evened-out track')
  const decodedPath = `${evenPath}.decoded`
  try {
    const decode = (changes: boolean) => {
      const mix = mixWhileEvened(recipe, changes)
      return share.run(() => decodeWhole(runFfmpeg, { sourcePath, decodedPath, recipe, mix, signal }), signal)
    }
    const assumed = !fillsGaps && recipe.track.timeline === null
    const first = await decode(assumed)
    const changes = first.channelLayouts.length > 1
    const decoded = changes === assumed ? first : await decode(changes)
    const { timeline, warnings } = timelineFor(recipe, decoded, fillsGaps)
    const paths = { from: decodedPath, to: evenPath }
    const samples = await placeStretches(paths, stretchesOf(timeline), recipe, signal)
    return { samples, channelLayouts: decoded.channelLayouts, warnings }
  } finally {
    await rm(decodedPath, { force: true })
  }
}

/** By the file's own timeline, where it has one; what the decoder lacked beyond that is found by its own times. */
function timelineFor(
  recipe: Recipe,
  decoded: Decoded,
  fillsGaps: boolean,
): { timeline: Timeline; warnings: readonly Warning[] } {
  const { track, sampleRateHz } = recipe
  const { samples, errors } = decoded
  const asDecoded: Timeline = { decodedSamples: samples, runs: [] }
  if (track.timeline !== null) {
    const ratio = sampleRateHz / track.sampleRateHz
    const otherwiseMs = ((samples - track.timeline.decodedSamples * ratio) / sampleRateHz) * 1000
    // It was counted by the same decoder of the same packets.
    if (Math.abs(otherwiseMs) > mostOtherwiseMs)
      throw damaged(new Error(`${otherwiseMs} ms more were decoded`))
    return { timeline: atRate(track.timeline, samples, ratio), warnings: [] }
  }
  if (!fillsGaps) return { timeline: asDecoded, warnings: [] }
  const found = fitting(foundTimeline(recipe, decoded), recipe)
  const heardMs = (heardSamples(found.timeline ?? asDecoded) / sampleRateHz) * 1000
  const lackedMs = (track.durationMs ?? 0) - (samples / sampleRateHz) * 1000
  const toleratedMs = durationToleranceMs(track.durationMs ?? 0)
  // What is missing for another reason is no silence.
  if (errors.length > 0 && lackedMs > toleratedMs)
    throw damaged(new FfmpegError('not all of the audio was decoded', errors))
  if ((track.durationMs ?? 0) - heardMs > toleratedMs) throw damaged()
  return { timeline: found.timeline ?? asDecoded, warnings: found.warnings }
}

/** Times by which more would be heard than was counted are none to go by. */
function fitting(found: ReturnType<typeof foundTimeline>, { track, sampleRateHz }: Recipe): typeof found {
  if (found.timeline === null || track.durationMs === null) return found
  const heardMs = (heardSamples(found.timeline) / sampleRateHz) * 1000
  const isMore = heardMs > track.durationMs + durationToleranceMs(track.durationMs)
  return isMore ? { timeline: null, warnings: [] } : found
}

const damaged = (cause?: Error) => new DomainError('CORRUPT_FILE', lessAudio, { cause })
