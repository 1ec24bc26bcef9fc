/** Good files with some of their bits turned over, by zzuf: which file, how many bits and which ones, all by one seed. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CorpusFile } from './corpus-file.ts'
import { h264, makeMedia, picture, audio } from './made-media.ts'
import { samplePath } from './sample-files.ts'

const seconds = 1
const tone = audio({ seconds })
const filmed = (...options: string[]) => [...picture(seconds), ...tone, ...options]

/** Options of ffmpeg, or a sample of a codec that it has no encoder of. */
const originals: Readonly<Record<string, readonly string[] | string>> = {
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
  aiff: [...tone, '-c:a', 'pcm_s16be', '-metadata', 'title=A title', '-f', 'aiff'],
  caf: [...tone, '-c:a', 'alac', '-f', 'caf'],
  w64: [...tone, '-c:a', 'pcm_s24le', '-f', 'w64'],
  rf64: [...tone, '-c:a', 'pcm_s16le', '-rf64', 'always', '-write_bext', '1', '-f', 'wav'],
  au: [...tone, '-c:a', 'pcm_mulaw', '-f', 'au'],
  mxf: filmed('-c:v', 'mpeg2video', '-c:a', 'pcm_s16le', '-f', 'mxf'),
  wv: [...tone, '-c:a', 'wavpack', '-f', 'wv'],
  ac3: [...tone, '-c:a', 'ac3', '-f', 'ac3'],
  eac3: [...tone, '-c:a', 'eac3', '-f', 'eac3'],
  dts: [...tone, '-c:a', 'dca', '-strict', '-2', '-ac', '2', '-f', 'dts'],
  truehd: [...tone, '-c:a', 'truehd', '-strict', '-2', '-ac', '2', '-f', 'truehd'],
  mlp: [...tone, '-c:a', 'mlp', '-strict', '-2', '-ac', '2', '-f', 'mlp'],
  'mkv with dts': filmed(...h264, '-c:a', 'dca', '-strict', '-2', '-ac', '2', '-f', 'matroska'),
  'ts with truehd': filmed(...h264, '-c:a', 'truehd', '-strict', '-2', '-ac', '2', '-f', 'mpegts'),
  loas: [...tone, '-c:a', 'aac', '-f', 'latm'],
  'ogg with speex': [...tone, '-ar', '16000', '-c:a', 'libspeex', '-f', 'ogg'],
  'wav with gsm': [...tone, '-ar', '8000', '-c:a', 'libgsm_ms', '-f', 'wav'],
  gsm: [...tone, '-ar', '8000', '-c:a', 'libgsm', '-f', 'gsm'],
  amr: 'amr-nb.amr',
  'amr wideband': 'amr-wb.awb',
  'm4a with he-aac': 'he-aac-v2-explicit.m4a',
  'he-aac': 'he-aac-v1.aac',
}

export const kindsOfMutations = Object.keys(originals).length

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
      const original = await readFile(
        typeof options === 'string'
          ? samplePath(options)
          : await makeMedia(join(folder, 'original'), options),
      )
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
