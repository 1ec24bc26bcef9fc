/** What files of the corpus are made of: short audio of one pitch and small pictures, by ffmpeg, the same bytes every time. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ffmpegPath } from '#test/harness/media-tools.ts'

const run = promisify(execFile)

/** Not a whole number of frames of any codec. */
export const audioSeconds = 2.2
export const toneHz = 1_000

export interface Audio {
  readonly hz?: number
  readonly seconds?: number
  readonly sampleRateHz?: number
}

/** An input of ffmpeg: one channel. */
export const audio = ({
  hz = toneHz,
  seconds = audioSeconds,
  sampleRateHz = 48_000,
}: Audio = {}): string[] => [
  ...['-f', 'lavfi', '-i'],
  `sine=frequency=${hz}:sample_rate=${sampleRateHz}:duration=${seconds}`,
]

/** An input of ffmpeg. */
export const picture = (seconds = audioSeconds, size = '64x48'): string[] => [
  ...['-f', 'lavfi', '-i'],
  `testsrc2=size=${size}:rate=25:duration=${seconds}`,
]

export const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** Random ids and the time of day would make every file another. */
const sameEveryTime = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact']

export interface MadeOptions {
  /** Whether the writer may go back and put its header right. */
  readonly seekable?: boolean
}

/** @param options Inputs, then options of the one output. */
export async function makeMedia(
  path: string,
  options: readonly string[],
  { seekable = true }: MadeOptions = {},
): Promise<string> {
  const output = seekable ? `file:${path}` : 'pipe:1'
  const command = ['-nostdin', '-v', 'error', '-y', ...options, ...sameEveryTime, output]
  const { stdout } = await run(ffmpegPath, command, {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
    killSignal: 'SIGKILL',
  })
  if (!seekable) await writeFile(path, stdout)
  return path
}
