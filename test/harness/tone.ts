/** Long audio, made quickly: enough work that a test can catch a converter at it. */
import { join } from 'node:path'
import { ffmpeg } from './media-tools.ts'

/** @returns the path of an MP4 with one AAC track. */
export async function makeTone(
  directory: string,
  { minutes }: { readonly minutes: number },
): Promise<string> {
  const path = join(directory, `${minutes}-minutes.mp4`)
  const audio = `aevalsrc='0.3*sin(440*2*PI*t)+0.05*random(0)|0.3*sin(554*2*PI*t)':s=44100:d=${minutes * 60}`
  await ffmpeg('-f', 'lavfi', '-i', audio, '-c:a', 'aac', path)
  return path
}
