/** ffmpeg and ffprobe as the test runner found them, for making and reading files; what is tested runs them in its own way. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const ffmpegPath = process.env['FFMPEG_PATH'] ?? 'ffmpeg'
export const ffprobePath = process.env['FFPROBE_PATH'] ?? 'ffprobe'

/** @returns what it wrote to standard output. */
export async function ffmpeg(...options: readonly string[]): Promise<Buffer> {
  const { stdout } = await run(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...options], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
    // The test's own limit is shorter on any machine that is not very slow.
    timeout: 600_000,
  })
  return stdout
}
