/** Makes a short video with music and tags, for who has none at hand. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { renderSampleMusic, sampleRateHz } from './sample-music.ts'

const tags = {
  title: 'Prelude in C',
  artist: 'Johann Sebastian Bach',
  album: 'A sample by Earshot',
  genre: 'Classical',
}

/** Nothing is made where the file exists. @param file Ends in `.mp4`. */
export async function makeSampleVideo(ffmpegPath: string, file: string, signal: AbortSignal): Promise<void> {
  if (existsSync(file)) return
  const [music, unfinished] = [`${file}.pcm`, `${file}.unfinished.mp4`]
  await mkdir(dirname(file), { recursive: true })
  try {
    await writeFile(music, renderSampleMusic(), { signal })
    const { code, stderr } = await runCommand(ffmpegPath, ffmpegArguments(music, unfinished), { signal })
    if (code !== 0) throw new Error(`ffmpeg could not make the sample: ${stderr.trim()}`)
    await rename(unfinished, file)
  } finally {
    await Promise.all([music, unfinished].map((path) => rm(path, { force: true })))
  }
}

/** Only with what every ffmpeg has. */
function ffmpegArguments(music: string, video: string): string[] {
  const waves = 'showwaves=size=640x360:mode=cline:rate=25:colors=#7dd3fc|#c4b5fd,format=yuv420p'
  return [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
    ...['-f', 's16le', '-ar', String(sampleRateHz), '-ac', '2', '-i', music],
    ...['-filter_complex', `[0:a]${waves}[picture]`, '-map', '[picture]', '-map', '0:a'],
    ...['-c:v', 'mpeg4', '-q:v', '6', '-c:a', 'aac', '-b:a', '160k', '-movflags', '+faststart'],
    ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
    video,
  ]
}
