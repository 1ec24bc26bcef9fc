/** Audio that tells where in a file it comes from: each second, channel and track has a pitch of its own. */

export interface Tone {
  /** Of the source, from 0. They repeat after 25. */
  readonly second: number
  readonly channel?: number
  /** 0 or 1. */
  readonly track?: number
}

/** 50 Hz apart, so that half a second is enough to tell them; below 1.6 kHz in the first channel, which telephones carry. */
export const hzOf = ({ second, channel = 0, track = 0 }: Tone): number =>
  300 + 50 * (second % 25) + 25 * track + 1_300 * channel

export interface TimedAudio {
  readonly seconds: number
  readonly channels?: number
  /** As ffmpeg names it; otherwise its own for so many channels. */
  readonly layout?: string
  readonly track?: number
  readonly sampleRateHz?: number
  /** Of full scale, in each channel. */
  readonly level?: number
}

/** An input of ffmpeg. */
export function timedTones({
  seconds,
  channels = 1,
  layout = `${channels}c`,
  track = 0,
  sampleRateHz = 48_000,
  level = 0.3,
}: TimedAudio): string[] {
  const tones = Array.from({ length: channels }, (_, channel) => {
    const base = hzOf({ second: 0, channel, track })
    return `${level}*sin(2*PI*t*(${base}+50*mod(floor(t),25)))`
  })
  const source = `aevalsrc=exprs='${tones.join('|')}':channel_layout=${layout}:sample_rate=${sampleRateHz}:duration=${seconds}`
  return ['-f', 'lavfi', '-i', source]
}
