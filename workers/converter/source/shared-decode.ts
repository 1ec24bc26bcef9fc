/**
 * Decodes a track once for many MP3s. Each of them decodes all audio before it, as no seek could prove that it was right: of
 * many, the last ones would decode the track again and again. Here neighbours share one decode, whose samples lie on the disk
 * as the decoder and the resampler gave them, until the last of the neighbours is made.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskSpace } from '#runtime/disk-space.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { audioFilters, selectTrack } from '#converter/plan/mp3-options.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import { groupNeighbours, sampleCodec, type Neighbours } from './neighbours.ts'
import { runOnSource } from './run-on-source.ts'

export interface PieceSource {
  readonly sourcePath: string
  readonly recipe: Recipe
}

export interface SharedDecode {
  /** What a piece is best made of: the source itself where nothing is gained, or where anything about its decode was odd. */
  sourceOf(index: number, signal: AbortSignal): Promise<PieceSource>
  /** The piece is made: the last one of its neighbours removes what they shared. */
  made(index: number): Promise<void>
}

export interface SharedDecodeJob {
  readonly sourcePath: string
  readonly folder: string
  /** Of all pieces, by the same track and to the same shape. */
  readonly recipes: readonly Recipe[]
  readonly share: CoreShare
  readonly log: Logger
  /** Of what neighbours share. */
  readonly mostBytes?: number
}

/** An hour and a half of stereo at 48 kHz; two such may lie on the disk at once. */
const defaultMostBytes = 2 * 1024 ** 3

export function createSharedDecode(
  { runFfmpeg, disk }: { readonly runFfmpeg: RunFfmpeg; readonly disk: DiskSpace },
  { sourcePath, folder, recipes, share, log, mostBytes = defaultMostBytes }: SharedDecodeJob,
): SharedDecode {
  const codec = sampleCodec(recipes)
  const groups = codec === null ? [] : groupNeighbours(recipes, mostBytes)
  const groupOf = new Map(groups.flatMap((group) => group.indexes.map((index) => [index, group] as const)))
  const decodes = new Map<Neighbours, Promise<boolean>>()
  const left = new Map(groups.map((group) => [group, group.indexes.length]))
  const pathOf = (group: Neighbours) => join(folder, `decoded-${group.indexes[0]}.wav`)

  const decode = async (group: Neighbours, signal: AbortSignal): Promise<boolean> => {
    if (!(await disk.hasRoomFor(group.sizeBytes))) return false
    const recipe = recipes[group.indexes[0]!]!
    const run = (either: AbortSignal) =>
      runFfmpeg(decodeJob(recipe, group, { sourcePath, path: pathOf(group), codec: codec!, signal: either }))
    try {
      const { trackMs } = recipe
      const totals = await share.run(() => runOnSource({ trackMs, signal }, run), signal)
      const { errors, audioChanges, encodedSamples } = totals
      const isOdd = errors.length > 0 || audioChanges > 0 || !isAllOf(group, encodedSamples, recipe)
      if (isOdd) log.info({ errors, audioChanges, encodedSamples }, 'the MP3s do not share an odd decode')
      return !isOdd
    } catch (error) {
      signal.throwIfAborted()
      log.info({ err: error }, 'the audio could not be decoded for several MP3s; each decodes it by itself')
      return false
    }
  }
  return {
    async sourceOf(index, signal) {
      const recipe = recipes[index]!
      const group = groupOf.get(index)
      if (group === undefined) return { sourcePath, recipe }
      const decoding = decodes.get(group) ?? decode(group, signal)
      decodes.set(group, decoding)
      return (await decoding)
        ? { sourcePath: pathOf(group), recipe: recipeWithin(recipe, group, codec!) }
        : { sourcePath, recipe }
    },
    async made(index) {
      const group = groupOf.get(index)
      if (group === undefined) return
      const others = left.get(group)! - 1
      left.set(group, others)
      if (others === 0) await rm(pathOf(group), { force: true })
    },
  }
}

function decodeJob(
  recipe: Recipe,
  group: Neighbours,
  {
    sourcePath,
    path,
    codec,
    signal,
  }: { sourcePath: string; path: string; codec: string; signal: AbortSignal },
): Parameters<RunFfmpeg>[0] {
  const { track, trackMs, sampleRateHz, channels } = recipe
  const plain = { ...recipe, fadeInSamples: 0, fadeOutSamples: 0, gain: null }
  const filters = audioFilters(plain, { ...group, skippedSamples: 0 })
  const shape = ['-ar', String(sampleRateHz), '-ac', String(channels), '-max_error_rate', '1']
  return {
    inputOptions: inputOptionsFor(recipe.reading),
    input: fileUrl(sourcePath),
    outputOptions: [...selectTrack(track), '-af', filters.join(','), ...shape, '-c:a', codec, '-f', 'wav'],
    output: fileUrl(path),
    limits: { ...limitsFor(trackMs), fileBytes: group.sizeBytes + 1024 ** 2 },
    signal,
  }
}

/** Where the audio ends is known roughly: one that is less than promised is for another way. */
function isAllOf({ startSample, endSample }: Neighbours, samples: number | null, recipe: Recipe): boolean {
  if (samples === null) return false
  if (endSample !== null) return samples === endSample - startSample
  const promised = (recipe.trackMs * recipe.sampleRateHz) / 1000 - startSample
  return samples >= promised - recipe.sampleRateHz
}

/** The same samples, counted from the first that the neighbours share. */
function recipeWithin(recipe: Recipe, { startSample, lengthMs }: Neighbours, codec: string): Recipe {
  const { track, sampleRateHz, channels, endSample } = recipe
  const decoded = { ...track, index: 0, codec, sampleRateHz, channels, startMs: 0 }
  return {
    ...recipe,
    reading: 'USUAL',
    mix: [],
    track: { ...decoded, durationMs: Math.ceil(lengthMs) },
    trackMs: Math.ceil(lengthMs),
    startSample: recipe.startSample - startSample,
    endSample: endSample === null ? null : endSample - startSample,
  }
}
