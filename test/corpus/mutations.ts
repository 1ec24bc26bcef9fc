/** Good files with some of their bits turned over, by zzuf: which file, how many bits and which ones, all by one seed. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusFile } from './corpus-file.ts'
import { h264, makeMedia, picture, audio } from './made-media.ts'

const seconds = 1
const tone = audio({ seconds })
const filmed = (...options: string[]) => [...picture(seconds), ...tone, ...options]

const originals: Readonly<Record<string, readonly string[]>> = {
  mp4: filmed(...h264, '-c:a', 'aac', '-movflags', '+faststart', '-f', 'mp4'),
  mov: filmed(...h264, '-c:a', 'adpcm_ima_qt', '-movflags', '+faststart', '-f', 'mov'),
  mkv: filmed(...h264, '-c:a', 'flac', '-f', 'matroska'),
  webm: filmed('-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus', '-f', 'webm'),
  avi: filmed('-c:v', 'mpeg4', '-c:a', 'libmp3lame', '-f', 'avi'),
  flv: filmed('-c:v', 'flv1', '-c:a', 'aac', '-ar', '44100', '-f', 'flv'),
  asf: filmed('-c:v', 'wmv2', '-c:a', 'wmav2', '-f', 'asf'),
  ts: filmed('-c:v', 'mpeg2video', '-c:a', 'ac3', '-f', 'mpegts'),
  ogg: filmed('-c:v', 'libtheora', '-c:a', 'libvorbis', '-f', 'ogg'),
  mp3: [...tone, '-c:a', 'libmp3lame', '-metadata', 'title=A title', '-f', 'mp3'],
}

/** From a bit here and there to a file that only resembles one; headers alone, or all of it. */
const treatments = [
  ['-r', '0.0002'],
  ['-r', '0.004', '-b', '0-2047'],
  ['-r', '0.001'],
  ['-r', '0.02', '-b', '0-2047'],
  ['-r', '0.004'],
  ['-r', '0.02'],
] as const

export function mutation(seed: number, inShortRun: boolean): CorpusFile {
  const kinds = Object.entries(originals)
  const [kind, options] = kinds[seed % kinds.length]!
  const treatment = treatments[Math.floor(seed / kinds.length) % treatments.length]!
  return {
    name: `seed ${seed}: ${kind}, ${treatment.join(' ')}`,
    inShortRun,
    expected: 'any clean outcome',
    async make(folder) {
      const original = await readFile(await makeMedia(join(folder, 'original'), options))
      const path = join(folder, 'source')
      await writeFile(path, await fuzz(original, ['-s', String(seed), ...treatment]))
      return path
    },
  }
}

function fuzz(bytes: Buffer, options: readonly string[]): Promise<Buffer> {
  const zzuf = process.env['ZZUF_PATH']
  if (!zzuf) throw new Error('ZZUF_PATH is not set: run this test through npm test')
  const limits = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 30_000 } as const
  return new Promise((resolve, reject) => {
    const child = execFile(zzuf, options, limits, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    )
    child.stdin?.on('error', () => undefined).end(bytes)
  })
}
