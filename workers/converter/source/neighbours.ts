/** Which MP3s of a track are made of one decode: neighbours whose samples together find room on the disk. */
import type { Recipe } from '#converter/plan/recipe.ts'

export interface Neighbours {
  /** Of their recipes. */
  readonly indexes: readonly number[]
  readonly startSample: number
  /** Null: to the track's end. */
  readonly endSample: number | null
  readonly lengthMs: number
  readonly sizeBytes: number
}

/** Their decoders give 32-bit floating point, whatever the source. */
const floatCodecs = new Set(['aac', 'mp3', 'ac3', 'eac3', 'opus', 'vorbis', 'pcm_f32le'])
/** Their decoders give integers of several widths. The widest holds each of them, as long as nothing is computed with them. */
const integerCodecs = new Set(['flac', 'alac'])

/** Of fewer, each may as well decode by itself. */
const leastPieces = 3

const bytesPerSample = 4

/** How the samples are kept, so that they come back the very same; null where each MP3 had better decode by itself. */
export function sampleCodec(recipes: readonly Recipe[]): 'pcm_f32le' | 'pcm_s32le' | null {
  const { track, mix } = recipes[0]!
  if (recipes.length < leastPieces) return null
  // What is mixed is no longer what the decoder gave.
  if (mix.length > 0 || floatCodecs.has(track.codec)) return 'pcm_f32le'
  return integerCodecs.has(track.codec) && recipes.every(isUnchanged) ? 'pcm_s32le' : null
}

/** A resampler, a mix or a fade of 16-bit samples rounds them otherwise than those of 32 bits. */
const isUnchanged = ({ track, sampleRateHz, channels, fadeInSamples, fadeOutSamples, loudness }: Recipe) =>
  sampleRateHz === track.sampleRateHz &&
  channels === track.channels &&
  fadeInSamples === 0 &&
  fadeOutSamples === 0 &&
  loudness === null

/** @param recipes In the order of the track. What has no neighbour is in no group. */
export function groupNeighbours(recipes: readonly Recipe[], mostBytes: number): Neighbours[] {
  const groups: Neighbours[] = []
  for (const [index, recipe] of recipes.entries()) {
    const last = groups.at(-1)
    const together = last && joined(last, recipe, index)
    if (last !== undefined && together !== undefined && together.sizeBytes <= mostBytes)
      groups[groups.length - 1] = together
    else groups.push(alone(recipe, index))
  }
  return groups.filter(({ indexes }) => indexes.length > 1)
}

const alone = (recipe: Recipe, index: number): Neighbours =>
  measured(recipe, { indexes: [index], startSample: recipe.startSample, endSample: recipe.endSample })

function joined(group: Neighbours, recipe: Recipe, index: number): Neighbours {
  const endSample =
    group.endSample === null || recipe.endSample === null ? null : Math.max(group.endSample, recipe.endSample)
  const startSample = Math.min(group.startSample, recipe.startSample)
  return measured(recipe, { indexes: [...group.indexes, index], startSample, endSample })
}

function measured(
  { trackMs, sampleRateHz, channels }: Recipe,
  group: Pick<Neighbours, 'indexes' | 'startSample' | 'endSample'>,
): Neighbours {
  // A second more: where a track ends is known roughly.
  const endMs = group.endSample === null ? trackMs + 1_000 : (group.endSample / sampleRateHz) * 1000
  const lengthMs = Math.max(0, endMs - (group.startSample / sampleRateHz) * 1000)
  const samples = Math.ceil((lengthMs * sampleRateHz) / 1000)
  return { ...group, lengthMs, sizeBytes: samples * channels * bytesPerSample }
}
