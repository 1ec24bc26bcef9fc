/** What is known of an MP3 once it was proven. */
import type { XingTag } from './mp3/xing-tag.ts'

export interface VerifiedMp3 {
  readonly sizeBytes: number
  readonly sampleCount: number
  readonly sampleRateHz: number
  readonly channels: number
  readonly durationMs: number
  readonly averageBitrateKbps: number
}

/** @param sampleCount Samples a channel that a player gives. */
export function verifiedMp3(
  { sampleRateHz, channels }: XingTag,
  { sizeBytes, sampleCount }: { sizeBytes: number; sampleCount: number },
): VerifiedMp3 {
  const durationMs = (sampleCount / sampleRateHz) * 1000
  return {
    sizeBytes,
    sampleCount,
    sampleRateHz,
    channels,
    durationMs: Math.round(durationMs),
    averageBitrateKbps: Math.round((sizeBytes * 8) / durationMs),
  }
}
