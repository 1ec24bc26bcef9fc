/** Long audio, made quickly: enough work that a test can catch a converter at it. */
import { join } from 'node:path'
import { ffmpeg } from './media-tools.ts'

const pieceSeconds = 30

/** @returns the path of an MP4 with one AAC track, of one piece over and over: encoding all of it takes a core for a while. */
export async function makeTone(
  directory: string,
  { minutes }: { readonly minutes: number },
): Promise<string> {
  const [piece, path] = [join(directory, 'piece-of-tone.mp4'), join(directory, `${minutes}-minutes.mp4`)]
  const audio = `aevalsrc='0.3*sin(440*2*PI*t)+0.05*random(0)|0.3*sin(554*2*PI*t)':s=44100:d=${pieceSeconds}`
  await ffmpeg('-f', 'lavfi', '-i', audio, '-c:a', 'aac', piece)
  const more = (minutes * 60) / pieceSeconds - 1
  await ffmpeg('-stream_loop', String(more), '-i', piece, '-c', 'copy', path)
  return path
}
