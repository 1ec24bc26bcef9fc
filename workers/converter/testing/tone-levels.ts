/** Files with a tone in each channel, and how loud each tone is in what was made of them. */
import { ffmpeg } from '#test/harness/media-tools.ts'

export const toneAmplitude = 0.1

/** Low-frequency channels are coded without anything higher. */
export const toneHz = (channel: number, name?: string): number => (name === 'LFE' ? 60 : 400 + 160 * channel)

export interface ToneFile {
  /** Of each channel, by ffmpeg's names, in their order. */
  readonly channels: readonly string[]
  readonly amplitude?: number
  readonly seconds?: number
  readonly sampleRateHz?: number
  /** All channels have the first one's tone. */
  readonly alike?: boolean
}

/** As an input of ffmpeg. @param layout By ffmpeg's name; the one of so many channels where it is left out. */
export function tonesInput(file: ToneFile, layout?: string): string[] {
  const { channels, amplitude = toneAmplitude, seconds = 1, sampleRateHz = 48_000, alike = false } = file
  const tones = channels.map((name, index) => {
    const hz = alike ? toneHz(0) : toneHz(index, name)
    return `${amplitude}*sin(2*PI*${hz}*t)`
  })
  const of = layout === undefined ? '' : `:c=${layout}`
  return ['-f', 'lavfi', '-i', `aevalsrc='${tones.join('|')}':s=${sampleRateHz}:d=${seconds}${of}`]
}

const decodedRateHz = 48_000
/** Half a second, in which every tone here has whole periods. */
const heardSamples = 24_000

export interface HeardTones {
  /** Of each channel. */
  readonly peaks: readonly number[]
  /** How loud a pitch is in each channel, as an amplitude. */
  amplitudesAt(hz: number): number[]
}

/** What bare ffmpeg decodes of an MP3. */
export async function hearTones(path: string, channels: 1 | 2): Promise<HeardTones> {
  const bytes = await ffmpeg('-i', path, '-ar', `${decodedRateHz}`, '-f', 'f32le', 'pipe:1')
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const each = Array.from({ length: channels }, (_, channel) =>
    samples.filter((_sample, at) => at % channels === channel),
  )
  return {
    peaks: each.map((own) => own.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)),
    amplitudesAt: (hz) => each.map((own) => amplitudeAt(own, hz)),
  }
}

/** In the middle, far from what coders do at either end. */
function amplitudeAt(samples: Float32Array, hz: number): number {
  const from = Math.floor((samples.length - heardSamples) / 2)
  let [sine, cosine] = [0, 0]
  for (let at = 0; at < heardSamples; at++) {
    const angle = (2 * Math.PI * hz * at) / decodedRateHz
    sine += samples[from + at]! * Math.sin(angle)
    cosine += samples[from + at]! * Math.cos(angle)
  }
  return (2 * Math.hypot(sine, cosine)) / heardSamples
}
