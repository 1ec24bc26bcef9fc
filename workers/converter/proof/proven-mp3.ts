/** What is known of an MP3 once it was proven. */
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { XingTag } from '#converter/bitstream/xing-tag.ts'

export interface ProvenMp3 {
  readonly sizeBytes: number
  readonly sampleCount: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly durationMs: number
  readonly bitrateMode: Mp3Document['bitrateMode']
  /** Of each frame, or their average. */
  readonly bitrateKbps: number
}

export const durationMsOf = (sampleCount: number, sampleRateHz: number): number =>
  Math.round((sampleCount / sampleRateHz) * 1000)

export interface MeasuredMp3 {
  readonly sizeBytes: number
  /** Samples a channel that a player gives. */
  readonly sampleCount: number
  readonly bitrateMode: Mp3Document['bitrateMode']
  /** Null: the average is to be computed. */
  readonly bitrateKbps: number | null
}

export function provenMp3({ sampleRateHz, channels }: XingTag, measured: MeasuredMp3): ProvenMp3 {
  const { sizeBytes, sampleCount } = measured
  const averageKbps = Math.round((sizeBytes * 8 * sampleRateHz) / (sampleCount * 1000))
  return {
    ...measured,
    sampleRateHz,
    channels,
    durationMs: durationMsOf(sampleCount, sampleRateHz),
    bitrateKbps: measured.bitrateKbps ?? averageKbps,
  }
}
