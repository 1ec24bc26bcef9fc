/** What mpg123 hears in an MP3. The product has no part in it: neither its ffmpeg nor its own reading of frames and tags. */
import { MPEGDecoder } from 'mpg123-decoder'

export interface HeardMp3 {
  readonly seconds: number
  readonly sampleRateHz: number
  /** One array a channel, from -1 to 1; beyond where it clips. */
  readonly channels: readonly Float32Array[]
  /** What the decoder found wrong. */
  readonly errors: readonly string[]
}

/** @param bytes Of the whole file, its tag included. */
export async function hearMp3(bytes: Uint8Array): Promise<HeardMp3> {
  const decoder = new MPEGDecoder()
  await decoder.ready
  try {
    const { channelData, sampleRate, errors } = decoder.decode(bytes)
    return {
      seconds: (channelData[0]?.length ?? 0) / sampleRate,
      sampleRateHz: sampleRate,
      channels: channelData,
      errors: errors.map(({ message }) => message),
    }
  } finally {
    decoder.free()
  }
}

/** The part of a channel between two times, in seconds. */
export const between = (
  { channels, sampleRateHz }: HeardMp3,
  channel: number,
  from: number,
  to: number,
): Float32Array =>
  channels[Math.min(channel, channels.length - 1)]!.subarray(
    Math.round(from * sampleRateHz),
    Math.round(to * sampleRateHz),
  )

/** Of full scale: a sine of amplitude 1 has 0.707. */
export const rmsOf = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length))

/** The amplitude of a tone in samples, by the Goertzel algorithm. */
export function amplitudeOf(samples: Float32Array, hz: number, sampleRateHz: number): number {
  // Whole periods, or what is beside the tone's own bin is lost.
  const periods = Math.floor((samples.length * hz) / sampleRateHz)
  const length = Math.round((periods * sampleRateHz) / hz)
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRateHz)
  let [last, before] = [0, 0]
  for (const sample of samples.subarray(0, length))
    [last, before] = [sample + coefficient * last - before, last]
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - coefficient * last * before))) / length
}
