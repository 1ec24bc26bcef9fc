/** The beginning of Bach's Prelude in C (BWV 846), played on something between a harp and a music box. */

export const sampleRateHz = 44_100

/** The five notes of each bar, as MIDI numbers: the first two are held, the other three are played twice. */
const bars = [
  [60, 64, 67, 72, 76],
  [60, 62, 69, 74, 77],
  [59, 62, 67, 74, 77],
  [60, 64, 67, 72, 76],
  [60, 64, 69, 76, 81],
  [60, 62, 66, 69, 74],
  [59, 62, 67, 74, 79],
  [59, 60, 64, 67, 72],
  [57, 60, 64, 67, 72],
  [50, 57, 62, 66, 72],
  [55, 59, 62, 67, 71],
] as const
const order = [0, 1, 2, 3, 4, 2, 3, 4]
const lastChord = [48, 60, 64, 67, 72]

const stepSeconds = 0.16
const ringSeconds = 1.6
const lastRingSeconds = 4
/** How loud the fundamental and its overtones are; the higher, the sooner they fade. */
const overtones = [1, 0.4, 0.2, 0.08]
const loudness = 0.16

interface Note {
  readonly startSeconds: number
  readonly midi: number
  readonly seconds: number
}

/** Stereo, 16 bits, little-endian. */
export function renderSampleMusic(): Buffer {
  const notes = sampleNotes()
  const totalSeconds = Math.max(...notes.map((note) => note.startSeconds + note.seconds))
  const mixed = new Float32Array(Math.ceil(totalSeconds * sampleRateHz) * 2)
  for (const note of notes) addNote(mixed, note)
  const bytes = Buffer.alloc(mixed.length * 2)
  for (const [index, value] of mixed.entries())
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), index * 2)
  return bytes
}

function sampleNotes(): Note[] {
  const steps = bars.flatMap((bar) => [...order, ...order].map((place) => bar[place]!))
  const played = steps.map((midi, step) => ({ startSeconds: step * stepSeconds, midi, seconds: ringSeconds }))
  const startSeconds = steps.length * stepSeconds
  return [...played, ...lastChord.map((midi) => ({ startSeconds, midi, seconds: lastRingSeconds }))]
}

/** Low notes come from the left, high ones from the right. */
function addNote(mixed: Float32Array, { startSeconds, midi, seconds }: Note): void {
  const frequencyHz = 440 * 2 ** ((midi - 69) / 12)
  const right = Math.max(0.25, Math.min(0.75, (midi - 48) / 36))
  const first = Math.round(startSeconds * sampleRateHz)
  const count = Math.floor(seconds * sampleRateHz)
  for (let index = 0; index < count; index += 1) {
    const time = index / sampleRateHz
    // A soft beginning and end, so that nothing clicks.
    const edge = Math.min(1, time / 0.004, (seconds - time) / 0.1)
    let value = 0
    for (const [number, amplitude] of overtones.entries()) {
      const overtone = number + 1
      value +=
        amplitude * Math.exp(-2.2 * overtone * time) * Math.sin(2 * Math.PI * frequencyHz * overtone * time)
    }
    mixed[(first + index) * 2]! += loudness * edge * value * (1 - right)
    mixed[(first + index) * 2 + 1]! += loudness * edge * value * right
  }
}
