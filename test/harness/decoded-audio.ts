/** How much audio a file holds, by decoding it to the end: what the MP3s of the tests are compared with. */
import { execFile, spawn } from 'node:child_process'
import { promisify } from 'node:util'
import { ffmpegPath, ffprobePath } from './media-tools.ts'

const run = promisify(execFile)

/** Seconds of an audio track, exact to the sample. */
export async function decodedSeconds(path: string, track = 0): Promise<number> {
  const probe = [
    '-v',
    'error',
    '-select_streams',
    `a:${track}`,
    '-show_entries',
    'stream=sample_rate',
    '-of',
    'csv=p=0',
    path,
  ]
  const { stdout } = await run(ffprobePath, probe)
  const sampleRateHz = Number.parseInt(stdout, 10)
  const options = ['-v', 'error', '-i', path, '-map', `0:a:${track}`, '-ac', '1', '-f', 's16le', 'pipe:1']
  const decoder = spawn(ffmpegPath, options, {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let bytes = 0
  for await (const chunk of decoder.stdout as AsyncIterable<Buffer>) bytes += chunk.length
  return bytes / 2 / sampleRateHz
}
