/** Measures the loudness and the true peak of a finished MP3. */
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Loudness, MeasureLoudness } from './measure-loudness.ts'

export interface FinishedMp3 {
  readonly path: string
  readonly durationMs: number
  readonly sampleRateHz: number
  readonly channels: 1 | 2
}

/** Decoded as a player does it: without the encoder's delay and padding. */
export const measureMp3Loudness = (
  measureLoudness: MeasureLoudness,
  { path, durationMs, sampleRateHz, channels }: FinishedMp3,
  share: CoreShare,
  signal: AbortSignal,
): Promise<Loudness> =>
  measureLoudness({
    path,
    reading: 'USUAL',
    trackIndex: 0,
    durationMs,
    filters: [],
    filteredMs: durationMs,
    sampleRateHz,
    channels,
    truePeak: true,
    share,
    signal,
  })
