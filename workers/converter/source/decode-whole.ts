/** Decodes a track into a file of bare samples, and notes when each of its frames is to be heard. */
import { stat } from 'node:fs/promises'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { readFrameLine, showFrames } from '#runtime/timeline/frame-lines.ts'
import { createStepFinder, type FoundSteps } from '#runtime/timeline/step-finder.ts'
import { countsPriming, withPriming } from '#runtime/timeline/timeline.ts'
import { selectTrack } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { bytesPerSample } from './place-stretches.ts'
import { runOnSource } from './run-on-source.ts'

export interface Decoded {
  /** A channel, at the recipe's rate. */
  readonly samples: number
  readonly found: FoundSteps
  /** By ffmpeg's names, as they were decoded. */
  readonly channelLayouts: readonly string[]
  readonly errors: readonly string[]
}

export interface DecodeJob {
  readonly sourcePath: string
  readonly decodedPath: string
  readonly recipe: Recipe
  /** Filters that mix its channels. */
  readonly mix: readonly string[]
  readonly signal: AbortSignal
}

/** 192 kHz in eight channels, for a while that the header does not speak of. */
const mostBytesPerMs = 6_144

export async function decodeWhole(
  runFfmpeg: RunFfmpeg,
  { sourcePath, decodedPath, recipe, mix, signal }: DecodeJob,
): Promise<Decoded> {
  const { track, trackMs, sampleRateHz, channels } = recipe
  const shape = ['-ar', String(sampleRateHz), '-ac', String(channels), '-max_error_rate', '1']
  const finder = createStepFinder()
  const limits = limitsFor(trackMs)
  const { timeline } = track
  const priming = timeline !== null && countsPriming(timeline) ? withPriming : []
  const run = (either: AbortSignal) =>
    runFfmpeg({
      inputOptions: [...inputOptionsFor(recipe.reading), ...priming],
      input: fileUrl(sourcePath),
      outputOptions: [
        ...selectTrack(track),
        '-af',
        [showFrames, ...mix].join(','),
        ...shape,
        '-c:a',
        'pcm_f32le',
        '-f',
        'f32le',
      ],
      output: fileUrl(decodedPath),
      limits: { ...limits, fileBytes: limits.fileBytes + Math.ceil(trackMs * mostBytesPerMs) },
      signal: either,
      onLine: (line) => {
        const frame = readFrameLine(line)
        if (frame !== null) finder.frame(frame)
      },
    })
  const { errors, channelLayouts } = await runOnSource({ trackMs, signal }, run)
  const { size } = await stat(decodedPath)
  const samples = Math.floor(size / (bytesPerSample * channels))
  return { samples, found: finder.finish(), channelLayouts, errors }
}
