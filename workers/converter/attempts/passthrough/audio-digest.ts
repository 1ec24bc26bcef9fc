/** Decodes a track to a digest of its samples, by which two are known to sound the same. */
import { readFile, rm } from 'node:fs/promises'
import type { FfmpegJob, RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { NotCopyable } from './not-copyable.ts'

export interface AudioDigest {
  readonly digest: string
  /** Samples a channel that the decoder gave. */
  readonly samples: number
  /** What ffmpeg said at level error: of a video, that it may not decode the picture. */
  readonly errors: readonly string[]
}

export interface AudioToDigest extends Pick<
  FfmpegJob,
  'inputOptions' | 'input' | 'limits' | 'signal' | 'onProgress'
> {
  /** Which track, and filters. */
  readonly selection: readonly string[]
  /** A file to be written for the while. */
  readonly scratchPath: string
}

/** @throws NotCopyable when nothing was decoded; FfmpegError. */
export async function digestAudio(runFfmpeg: RunFfmpeg, audio: AudioToDigest): Promise<AudioDigest> {
  const { written, ...decoded } = await decodeTo(runFfmpeg, audio, ['-f', 'hash', '-hash', 'murmur3'])
  return { ...decoded, digest: written.trim() }
}

/** How many samples the decoder gives of the first frame it does not leave out whole. @throws as `digestAudio`. */
export async function firstFrameSamples(runFfmpeg: RunFfmpeg, audio: AudioToDigest): Promise<number> {
  const { written } = await decodeTo(runFfmpeg, audio, ['-frames:a', '1', '-f', 'framecrc'])
  // Stream, decoding time, time, duration (in samples), size, checksum.
  const line = written.split('\n').find((text) => /^\d/.test(text))
  const samples = Number(line?.split(',')[3])
  if (!Number.isInteger(samples)) throw new NotCopyable('ffmpeg did not say how long the first frame is')
  return samples
}

async function decodeTo(
  runFfmpeg: RunFfmpeg,
  { selection, scratchPath, ...job }: AudioToDigest,
  format: readonly string[],
): Promise<Omit<AudioDigest, 'digest'> & { written: string }> {
  try {
    const outputOptions = [...selection, '-c:a', 'pcm_f32le', ...format]
    const totals = await runFfmpeg({ ...job, outputOptions, output: fileUrl(scratchPath) })
    const { decodedSamples: samples, errors } = totals
    if (samples === null) throw new NotCopyable('ffmpeg decoded nothing')
    return { samples, errors, written: await readFile(scratchPath, 'latin1') }
  } finally {
    await rm(scratchPath, { force: true })
  }
}
