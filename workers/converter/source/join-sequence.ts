/** Puts one track together of several that follow each other, as where a broadcast goes on under another id, or in another codec. */
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AudioTrack } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import type { Stretch } from '#runtime/timeline/timeline.ts'
import { selectTrack } from '#converter/plan/mp3-options.ts'
import { bytesPerSample, placeStretches } from './place-stretches.ts'
import { runOnSource } from './run-on-source.ts'

export interface SequenceJob {
  readonly sourcePath: string
  readonly reading: SourceReading
  readonly joinedPath: string
  readonly parts: readonly AudioTrack[]
  /** What the parts become: all of them have its rate and its channels. */
  readonly whole: AudioTrack
  readonly trackMs: number
  readonly signal: AbortSignal
}

/** Each part stands where it begins in the file: what is missing in between is silence, what is there twice is heard once. */
export async function joinSequence(runFfmpeg: RunFfmpeg, job: SequenceJob): Promise<void> {
  const { joinedPath, parts, whole, signal } = job
  const [decodedPath, partPath] = [`${joinedPath}.decoded`, `${joinedPath}.part`]
  try {
    const stretches: Stretch[] = []
    let before = 0
    for (const [index, part] of parts.entries()) {
      const samples = await decodePart(runFfmpeg, job, part, partPath)
      if (index === 0) await rename(partPath, decodedPath)
      else
        await pipeline(createReadStream(partPath), createWriteStream(decodedPath, { flags: 'a' }), { signal })
      const at = sampleAt(part, job)
      const next = parts[index + 1]
      const heard = next === undefined ? samples : Math.min(samples, sampleAt(next, job) - at)
      stretches.push({ from: before, to: before + heard, at })
      before += samples
    }
    await placeStretches({ from: decodedPath, to: joinedPath }, stretches, whole, signal)
  } finally {
    await rm(decodedPath, { force: true })
    await rm(partPath, { force: true })
  }
}

const sampleAt = ({ startMs }: AudioTrack, { parts, whole }: SequenceJob): number =>
  Math.round(((startMs - parts[0]!.startMs) * whole.sampleRateHz) / 1000)

/** @returns how many samples a channel it has. */
async function decodePart(
  runFfmpeg: RunFfmpeg,
  { sourcePath, reading, whole, trackMs, signal }: SequenceJob,
  part: AudioTrack,
  path: string,
): Promise<number> {
  const { sampleRateHz, channels, channelLayout } = whole
  const limits = limitsFor(trackMs)
  const fileBytes = Math.ceil((trackMs + 1_000) * (sampleRateHz / 1000) * channels * bytesPerSample)
  const layout = channelLayout ?? (channels === 1 ? 'mono' : 'stereo')
  const run = (either: AbortSignal) =>
    runFfmpeg({
      inputOptions: inputOptionsFor(reading),
      input: fileUrl(sourcePath),
      outputOptions: [
        ...selectTrack(part),
        ...[
          '-af',
          `${part.channels === 1 && channels > 1 ? 'pan=stereo|c0=c0|c1=c0,' : ''}aformat=sample_fmts=flt:sample_rates=${sampleRateHz}:channel_layouts=${layout}`,
        ],
        ...['-max_error_rate', '1', '-c:a', 'pcm_f32le', '-f', 'f32le'],
      ],
      output: fileUrl(path),
      limits: { ...limits, fileBytes: limits.fileBytes + fileBytes },
      signal: either,
    })
  await runOnSource({ trackMs, signal }, run)
  return Math.floor((await stat(path)).size / (bytesPerSample * channels))
}
