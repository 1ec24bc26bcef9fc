/** Copies an MP3 track out of a video as it is, gives it the tag its container had no room for, and proves that it sounds the same. */
import { open, rm, stat } from 'node:fs/promises'
import type { Progress } from '#schema/documents/conversion-document.ts'
import { FfmpegError, type RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import type { FfmpegProgress } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { limitsFor, wallLimitMs } from '#runtime/ffmpeg/resource-limits.ts'
import { durationToleranceMs } from '#runtime/ffmpeg/duration-tolerance.ts'
import type { Attempt } from '#converter/attempts/attempt.ts'
import { delaysOf, type Delays } from './delays-of.ts'
import { NotCopyable } from './not-copyable.ts'
import { readCopiedFrames, type CopiedFrames } from './read-copied-frames.ts'
import { digestAudio, firstFrameSamples, type AudioDigest, type AudioToDigest } from './audio-digest.ts'
import { BrokenFrames } from '#converter/bitstream/bit-reservoir.ts'
import { makeTagFrame } from '#converter/bitstream/make-tag-frame.ts'
import { tagFaults } from '#converter/bitstream/tag-faults.ts'
import { selectTrack } from '#converter/plan/mp3-options.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { isWhole, type Recipe } from '#converter/plan/recipe.ts'
import { provenMp3, type ProvenMp3 } from '#converter/proof/proven-mp3.ts'

export interface PassThroughJob {
  readonly sourcePath: string
  readonly outputPath: string
  readonly recipe: Pick<Recipe, 'track' | 'trackMs' | 'reading'>
  readonly share: CoreShare
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

export type PassThrough = (job: PassThroughJob) => Promise<ProvenMp3>

/** Only where nothing is asked of the audio. Its proof is part of the making: what `proveMp3` looks for was found. */
export function createPassThroughAttempt(runFfmpeg: RunFfmpeg): Attempt['make'] {
  const passThrough = createPassThrough(runFfmpeg)
  return async (job) => {
    if (!job.passthrough || job.recipe.track.codec !== 'mp3' || !isWhole(job.recipe)) return null
    const proof = await passThrough(job)
    return { identicalToSingleEncoder: false, durationMs: proof.durationMs, prove: async () => proof }
  }
}

/** @throws NotCopyable where only an encode will do; it alone decides what is the media's fault. Then no file is left. */
export function createPassThrough(runFfmpeg: RunFfmpeg): PassThrough {
  return async (job) => {
    const deadline = AbortSignal.timeout(wallLimitMs(job.recipe.trackMs))
    const signal = AbortSignal.any([job.signal, deadline])
    const run: RunFfmpeg = (given) => job.share.run(() => runFfmpeg(given), signal)
    try {
      return await copyAndProve(run, { ...job, signal })
    } catch (error) {
      await rm(job.outputPath, { force: true })
      if (job.signal.aborted || error instanceof NotCopyable) throw error
      if (error instanceof FfmpegError || error instanceof BrokenFrames || deadline.aborted)
        throw new NotCopyable(String(error), { cause: error })
      throw error
    }
  }
}

async function copyAndProve(run: RunFfmpeg, job: PassThroughJob): Promise<ProvenMp3> {
  const frames = await copy(run, job)
  const { samplesPerFrame } = frames.tag
  const frameSamples = frames.figures.frames * samplesPerFrame
  const track = trackOf(job)
  const heard = await digestAudio(run, track)
  const first = frameSamples === heard.samples ? samplesPerFrame : await firstFrameSamples(run, track)
  for (const delays of delaysOf({ frameSamples, ...heard, samplesPerFrame, firstFrameSamples: first })) {
    await writeTag(job.outputPath, frames, delays)
    const copied = await digestAudio(run, copyOf(job, heard, delays))
    if (copied.errors.length > 0) throw new NotCopyable(copied.errors.join('\n'))
    if (copied.digest === heard.digest) return await describe(job, frames, delays)
  }
  throw new NotCopyable('the copy does not sound like the track')
}

/** The muxer's tag is written over: it takes what is not known for none, and some of what is known for other than it is. */
const copyFrames = ['-c:a', 'copy', '-id3v2_version', '0', '-f', 'mp3']

async function copy(run: RunFfmpeg, job: PassThroughJob): Promise<CopiedFrames> {
  const { recipe, sourcePath, outputPath, signal } = job
  await run({
    inputOptions: inputOptionsFor(recipe.reading),
    input: fileUrl(sourcePath),
    outputOptions: [...selectTrack(recipe.track), ...copyFrames],
    output: fileUrl(outputPath),
    limits: limitsFor(recipe.trackMs),
    signal,
  })
  return await readCopiedFrames(outputPath, signal)
}

async function writeTag(path: string, frames: CopiedFrames, delays: Delays): Promise<void> {
  const { tagHeader, figures, bitrateKbps, tag } = frames
  const frame = makeTagFrame(tagHeader, { ...figures, ...delays, bitrateKbps })
  await using file = await open(path, 'r+')
  await file.write(frame, 0, frame.length, tag.position)
}

/** @param before What was done before, in percent: the track is decoded, and then the copy. */
const digestJob = (
  { outputPath, recipe: { trackMs }, signal, onProgress }: PassThroughJob,
  before: 0 | 50,
) => ({
  scratchPath: `${outputPath}.digest`,
  limits: limitsFor(trackMs),
  signal,
  onProgress: ({ outTimeMs, speed }: FfmpegProgress) => {
    // Of a fraction of a second nobody may know the length.
    const percent = before + Math.min(49, (50 * outTimeMs) / Math.max(1, trackMs))
    onProgress({ percent: Math.round(percent * 10) / 10, speed, etaMs: null })
  },
})

const trackOf = (job: PassThroughJob): AudioToDigest => ({
  ...digestJob(job, 0),
  inputOptions: inputOptionsFor(job.recipe.reading),
  input: fileUrl(job.sourcePath),
  selection: selectTrack(job.recipe.track),
})

/** As a player would play it; but for an end that no tag could leave out. */
const copyOf = (job: PassThroughJob, heard: AudioDigest, { encoderDelay }: Delays): AudioToDigest => ({
  ...digestJob(job, 50),
  inputOptions: ['-xerror', '-protocol_whitelist', 'file', '-format_whitelist', 'mp3', '-f', 'mp3'],
  input: fileUrl(job.outputPath),
  selection: [
    ...['-map', '0:a:0'],
    ...(encoderDelay === null ? ['-af', `atrim=end_sample=${heard.samples}`] : []),
  ],
})

/** @throws NotCopyable when the tag just made has a fault, or there is less audio than the file promises. */
async function describe(
  { outputPath, signal, recipe: { track } }: PassThroughJob,
  { tag, figures, bitrateKbps }: CopiedFrames,
  { encoderDelay, endPadding }: Delays,
): Promise<ProvenMp3> {
  const faults = await tagFaults(outputPath, { signal, extensionMayLack: encoderDelay === null })
  if (faults.length > 0) throw new NotCopyable(faults.join('; '))
  const { size: sizeBytes } = await stat(outputPath)
  const sampleCount = figures.frames * tag.samplesPerFrame - (encoderDelay ?? 0) - endPadding
  const durationMs = (sampleCount / tag.sampleRateHz) * 1000
  if (track.durationMs !== null && durationMs < track.durationMs - durationToleranceMs(track.durationMs))
    throw new NotCopyable(`${durationMs} ms of the ${track.durationMs} that the file promises`)
  return provenMp3(tag, {
    sizeBytes,
    sampleCount,
    bitrateMode: bitrateKbps === null ? 'VBR' : 'CBR',
    bitrateKbps,
  })
}
