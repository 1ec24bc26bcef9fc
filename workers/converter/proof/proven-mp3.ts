/** What is known of an MP3 once it was proven. */
import type { XingTag } from '#converter/bitstream/xing-tag.ts'

export interface ProvenMp3 {
  readonly sizeBytes: number
  readonly sampleCount: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly durationMs: number
  readonly averageBitrateKbps: number
}

export const durationMsOf = (sampleCount: number, sampleRateHz: number): number =>
  Math.round((sampleCount / sampleRateHz) * 1000)

/** @param sampleCount Samples a channel that a player gives. */
export function provenMp3(
  { sampleRateHz, channels }: XingTag,
  { sizeBytes, sampleCount }: { sizeBytes: number; sampleCount: number },
): ProvenMp3 {
  return {
    sizeBytes,
    sampleCount,
    sampleRateHz,
    channels,
    durationMs: durationMsOf(sampleCount, sampleRateHz),
    averageBitrateKbps: Math.round((sizeBytes * 8 * sampleRateHz) / (sampleCount * 1000)),
  }
}
