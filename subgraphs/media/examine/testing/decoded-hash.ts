/** What is heard of a file, to the last bit of the last sample. */
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { ffmpeg } from './extractable-files.ts'

/** A hash for each audio track, of all its samples as doubles, which hold every format of samples unchanged. */
export async function decodedHashes(path: string): Promise<string[]> {
  const input = [...inputOptions, '-i', fileUrl(path)]
  const hashed = await ffmpeg(...input, '-map', '0:a', '-c:a', 'pcm_f64le', '-f', 'streamhash', '-')
  return hashed.trim().split('\n')
}
