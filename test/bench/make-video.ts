/** A video as benches convert it: two tones and some noise, beside a test picture. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Machine } from '#infra/local/machine/set-up.ts'

export async function makeVideo(
  { ffmpegPath }: Pick<Machine, 'ffmpegPath'>,
  path: string,
  seconds: number,
): Promise<string> {
  const audio = `aevalsrc='0.3*sin(440*2*PI*t)+0.05*random(0)|0.2*sin(554*2*PI*t)+0.05*random(1)':s=44100:d=${seconds}`
  const picture = `testsrc2=size=640x360:rate=25:duration=${seconds}`
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', audio]
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-b:a', '128k']
  await promisify(execFile)(ffmpegPath, ['-nostdin', '-v', 'error', '-y', ...inputs, ...coding, path])
  return path
}
