/** What a listener would hear: audio of a file, decoded by a bare ffmpeg, and how much of it is of one pitch. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ffmpegPath } from '#test/harness/media-tools.ts'

const run = promisify(execFile)
const rateHz = 48_000

export interface HeardAudio {
  readonly seconds: number
  /** The share of the audio's energy that is of this pitch, from 0 to 1. */
  shareOf(hz: number): number
}

export async function hear(path: string, track = 0): Promise<HeardAudio> {
  const mono = [
    '-map',
    `0:a:${track}`,
    '-max_error_rate',
    '1',
    '-ac',
    '1',
    '-ar',
    `${rateHz}`,
    '-f',
    's16le',
    'pipe:1',
  ]
  const { stdout } = await run(ffmpegPath, ['-nostdin', '-v', 'quiet', '-i', `file:${path}`, ...mono], {
    encoding: 'buffer',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1)
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  return {
    seconds: samples.length / rateHz,
    shareOf: (hz) => (energy === 0 ? 0 : energyAt(samples, hz) / energy),
  }
}

/** Short enough that a tone need not keep its phase, long enough to tell tones 50 Hz apart. */
const blockLength = 2_400

/** By the Goertzel algorithm, block by block; by Parseval's theorem a pure tone has all its energy in its two bins. */
function energyAt(samples: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / rateHz)
  let sum = 0
  for (let start = 0; start < samples.length; start += blockLength) {
    const block = samples.subarray(start, start + blockLength)
    let [last, before] = [0, 0]
    for (const sample of block) [last, before] = [sample + coefficient * last - before, last]
    const power = last * last + before * before - coefficient * last * before
    sum += (2 * power) / block.length
  }
  return sum
}
