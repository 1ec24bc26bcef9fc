/** How one MP3 is made of a track: which samples, in which shape, and what is done to them. */
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import type { OutputOptions } from '#schema/documents/output-options.ts'
import { rateControlOf, type RateControl } from '#schema/documents/rate-control.ts'
import type { AudioTrack, Chapter } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { mp3SampleRatesHz } from '#schema/limits.ts'
import { mixFilters } from './mix.ts'

/** Filters that bring audio to its loudness. */
export interface Gain {
  readonly filters: readonly string[]
  /** Whether what comes out depends on what came before, as with a limiter: a segment's may not begin as the whole's went on. */
  readonly hasMemory: boolean
}

export interface Recipe {
  readonly track: AudioTrack
  /** Of the file that holds it. */
  readonly reading: SourceReading
  /** Of the whole track, in milliseconds: what a run that reads all of it may take. */
  readonly trackMs: number
  /** About how long the MP3 becomes. */
  readonly lengthMs: number
  readonly rateControl: RateControl
  readonly encoderQuality: number | null
  readonly sampleRateHz: number
  readonly channels: 1 | 2
  /** Filters that bring the track's channels to these; none where they are these. */
  readonly mix: readonly string[]
  /** The true peak of the whole track when it is mixed; null where that cannot pass full scale, or a loudness decides on peaks. */
  readonly mixPeakDbtp: number | null
  /** The first sample that is kept, at the MP3's rate, counted from the track's first. */
  readonly startSample: number
  /** The first that is left out after it; null: all that follow are kept. */
  readonly endSample: number | null
  readonly fadeInSamples: number
  readonly fadeOutSamples: number
  /** What the MP3 is to be brought to; how, is found by measuring. */
  readonly loudness: OutputOptions['loudness']
  readonly gain: Gain | null
}

/** Two granules of 576 samples in MPEG-1, one at the lower rates of MPEG-2 (ISO 11172-3, 2.4.2.1; ISO 13818-3). */
export const samplesPerFrame = (sampleRateHz: number): 576 | 1152 => (sampleRateHz >= 32_000 ? 1152 : 576)

/** @param chapter The one part that is made into this MP3; otherwise it is what the options leave of the track. */
export function recipeOf(source: ConversionSource, output: OutputOptions, chapter: Chapter | null): Recipe {
  const { track, reading, durationMs: trackMs } = source
  // An MP3 knows few rates; others are resampled to the next above.
  const sampleRateHz =
    output.sampleRateHz ?? mp3SampleRatesHz.find((candidate) => candidate >= track.sampleRateHz) ?? 48_000
  const channels = output.channels ?? (track.channels === 1 ? 1 : 2)
  const part = chapter === null ? output.trim : partOf(chapter, track, trackMs)
  const samples = (milliseconds: number) => Math.round((milliseconds * sampleRateHz) / 1000)
  return {
    track,
    reading,
    trackMs,
    lengthMs: Math.max(0, (part?.endMs ?? trackMs) - (part?.startMs ?? 0)),
    rateControl: rateControlOf(output),
    encoderQuality: output.encoderQuality,
    sampleRateHz,
    channels,
    mix: mixFilters(track, channels),
    mixPeakDbtp: null,
    startSample: samples(part?.startMs ?? 0),
    endSample: part?.endMs == null ? null : samples(part.endMs),
    fadeInSamples: samples(output.fadeInMs),
    fadeOutSamples: samples(output.fadeOutMs),
    loudness: output.loudness,
    gain: null,
  }
}

/** From the file's time to the track's. The last chapter goes on to the end of the audio. */
function partOf({ startMs, endMs }: Chapter, { startMs: delayMs }: AudioTrack, trackMs: number) {
  const within = (fileMs: number) => Math.max(0, fileMs - delayMs)
  return { startMs: within(startMs), endMs: within(endMs) >= trackMs ? null : within(endMs) }
}

/** Whether every sample of the track becomes one of the MP3's, unchanged but for its shape. */
export const isWhole = (recipe: Recipe): boolean =>
  recipe.startSample === 0 &&
  recipe.endSample === null &&
  recipe.fadeInSamples === 0 &&
  recipe.fadeOutSamples === 0 &&
  recipe.gain === null

/**
 * How many samples the MP3 is to have, by how many the decoder gave in all, or until it was stopped.
 * @param decodedSamples At the track's rate.
 */
export const expectedSamples = (
  { track, sampleRateHz, startSample, endSample }: Recipe,
  decodedSamples: number,
): number =>
  Math.max(
    0,
    Math.min(endSample ?? Infinity, (decodedSamples * sampleRateHz) / track.sampleRateHz) - startSample,
  )

/** A resampler keeps some samples to itself, or gives some more, at either end. */
export const countTolerance = ({ track, sampleRateHz }: Recipe): number =>
  track.sampleRateHz === sampleRateHz ? 0 : 64
