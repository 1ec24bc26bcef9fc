/** Audio to encode, made from a seed: what encoders treat differently, without any recording. */

export const audioKinds = ['speech', 'music', 'silence', 'noise', 'transients'] as const
export type AudioKind = (typeof audioKinds)[number]

export interface AudioShape {
  readonly kind: AudioKind
  readonly seconds: number
  readonly sampleRateHz: number
  readonly channels: 1 | 2
  readonly seed: number
}

/** One channel's value at a time, in -1 to 1. */
type Voice = (seconds: number) => number

/** Interleaved 16-bit samples, little endian. */
export function makeAudio({ kind, seconds, sampleRateHz, channels, seed }: AudioShape): Buffer {
  const random = createRandom(seed)
  const frames = Math.round(seconds * sampleRateHz)
  const voices = Array.from({ length: channels }, () => createVoice(kind, random))
  const pcm = Buffer.allocUnsafe(frames * channels * 2)
  let at = 0
  for (let frame = 0; frame < frames; frame++) {
    for (const voice of voices) {
      const value = Math.max(-1, Math.min(1, voice(frame / sampleRateHz)))
      at = pcm.writeInt16LE(Math.round(value * 32_000), at)
    }
  }
  return pcm
}

function createVoice(kind: AudioKind, random: () => number): Voice {
  if (kind === 'silence') return () => 0
  if (kind === 'noise') return () => (random() * 2 - 1) * 0.8
  if (kind === 'music') return musicVoice(random)
  if (kind === 'speech') return speechVoice(random)
  return transientVoice(random)
}

/** Chords of partials that change each half second, with a little noise as of bows and breath. */
function musicVoice(random: () => number): Voice {
  let chord: number[] = []
  let until = 0
  return (time) => {
    if (time >= until) {
      until += 0.5
      const root = 110 * 2 ** (Math.floor(random() * 24) / 12)
      chord = [1, 1.25, 1.5, 2, 3].map((partial) => root * partial * (1 + (random() - 0.5) / 500))
    }
    const swell = 0.6 + 0.4 * Math.cos(time * 2.1)
    const tones = chord.reduce((sum, hertz, n) => sum + Math.sin(2 * Math.PI * hertz * time) / (n + 2), 0)
    return swell * 0.4 * tones + (random() - 0.5) * 0.02
  }
}

/** Syllables: a buzz or a hiss through a moving resonance, about four a second, and pauses between phrases. */
function speechVoice(random: () => number): Voice {
  let [until, loud, voiced, pitch, smooth] = [0, 0, true, 120, 0]
  return (time) => {
    if (time >= until) {
      until += 0.1 + random() * 0.25
      loud = random() < 0.25 ? 0 : 0.3 + random() * 0.5
      voiced = random() < 0.7
      pitch = 90 + random() * 80
    }
    const source = voiced ? 2 * ((time * pitch) % 1) - 1 : random() * 2 - 1
    smooth += (source - smooth) * (voiced ? 0.12 : 0.6)
    return loud * smooth + (random() - 0.5) * 0.002
  }
}

/** Clicks that die away within milliseconds, at irregular times, over near silence: what makes encoders switch windows. */
function transientVoice(random: () => number): Voice {
  let [next, struckAt] = [0.1, -1]
  return (time) => {
    if (time >= next) {
      struckAt = time
      next += 0.06 + random() * 0.4
    }
    const ringing = struckAt < 0 ? 0 : Math.exp(-(time - struckAt) * 300)
    return 0.9 * ringing * (random() * 2 - 1) + (random() - 0.5) * 0.0005
  }
}

/** xorshift32: the same numbers for the same seed on every machine. */
function createRandom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 2 ** 32
  }
}
