/** Puts made audio into files of any kind. */
import { rm, writeFile } from 'node:fs/promises'
import { ffmpeg } from '#test/harness/media-tools.ts'
import { makeAudio, type AudioShape } from './test-audio.ts'

type PcmShape = Pick<AudioShape, 'sampleRateHz' | 'channels'>

/** @param options What stands between the audio and its file: codec, bitrate, filters. */
export const makeAudioFile = (
  path: string,
  shape: AudioShape,
  ...options: readonly string[]
): Promise<void> => makePcmFile(path, makeAudio(shape), shape, options)

/** @param pcm Interleaved 16-bit samples. @param times How often they are played, one after another. */
export async function makePcmFile(
  path: string,
  pcm: Buffer,
  { sampleRateHz, channels }: PcmShape,
  options: readonly string[],
  times = 1,
): Promise<void> {
  const pcmPath = `${path}.pcm`
  await writeFile(pcmPath, pcm)
  const input = [
    '-stream_loop',
    `${times - 1}`,
    '-f',
    's16le',
    '-ar',
    `${sampleRateHz}`,
    '-ac',
    `${channels}`,
  ]
  await ffmpeg(...input, '-i', pcmPath, ...options, path)
  await rm(pcmPath)
}
