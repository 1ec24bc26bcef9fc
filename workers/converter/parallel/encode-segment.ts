/** Encodes one segment by an ffmpeg process of its own, with the options of the plain encode. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { ConversionSource } from '#schema/documents/conversion-document.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import type { FfmpegTotals } from '#runtime/ffmpeg/ffmpeg-output.ts'
import { fileUrl, inputOptions } from '#runtime/ffmpeg/hardening.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import { encodeMp3, mp3SampleRateHz, selectTrack } from '#converter/mp3-options.ts'
import type { Segment, SegmentMode } from './plan-segments.ts'

export interface SegmentJob {
  readonly segment: Segment
  readonly mode: SegmentMode
  readonly sourcePath: string
  readonly outputPath: string
  readonly source: ConversionSource
  readonly output: OutputOptions
  readonly signal: AbortSignal
  /** How much of the segment is done, in milliseconds, and how fast. */
  readonly onProgress: (doneMs: number, speed: number) => void
}

/** A seek lands this much early, so that the decoder has settled when the segment begins. */
const settleSeconds = 0.5

export function encodeSegment(runFfmpeg: RunFfmpeg, job: SegmentJob): Promise<FfmpegTotals> {
  const { segment, source, output } = job
  const rateHz = mp3SampleRateHz(source.track)
  const seekSample = seekSampleOf(job.mode, segment.startSample, rateHz)
  const startMs = (segment.startSample / rateHz) * 1000
  const range = [`start_sample=${segment.startSample - seekSample}`]
  if (segment.endSample !== null) range.push(`end_sample=${segment.endSample - seekSample}`)
  // Resampled before it is trimmed: a resampler that began in the middle would give other samples.
  const resample = rateHz === source.track.sampleRateHz ? '' : `aresample=${rateHz},`
  return runFfmpeg({
    inputOptions: [...inputOptions, ...(seekSample === 0 ? [] : ['-ss', (seekSample / rateHz).toFixed(6)])],
    input: fileUrl(job.sourcePath),
    outputOptions: [
      ...selectTrack(source.track),
      ...['-af', `${resample}atrim=${range.join(':')}`],
      ...encodeMp3(source.track, output),
    ],
    output: fileUrl(job.outputPath),
    limits: limitsFor(source.durationMs),
    signal: job.signal,
    onProgress: ({ outTimeMs, speed }) =>
      job.onProgress(Math.max(0, outTimeMs + (seekSample / rateHz) * 1000 - startMs), speed),
  })
}

function seekSampleOf(mode: SegmentMode, startSample: number, rateHz: number): number {
  const settleSamples = Math.round(rateHz * settleSeconds)
  return mode === 'seek' && startSample > 2 * settleSamples ? startSample - settleSamples : 0
}
