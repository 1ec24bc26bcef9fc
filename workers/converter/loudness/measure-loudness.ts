/** Measures integrated loudness and true peak of audio per ITU-R BS.1770, on the cores of its job. */
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { runOnSource } from '#converter/source/run-on-source.ts'
import { runTogether } from '#runtime/process/run-together.ts'
import { integratedLoudness, stepMs } from './gating.ts'
import { createReportReader, meteringFilters, type LoudnessReport } from './loudness-report.ts'
import { planParts, type Part } from './plan-parts.ts'

export interface Loudness {
  /** LUFS; null for silence and for less than 400 ms, which have no loudness. */
  readonly integratedLufs: number | null
  /** dBTP; null for digital silence, and where it was not asked for. */
  readonly truePeakDbtp: number | null
}

export interface LoudnessJob {
  readonly path: string
  readonly reading: SourceReading
  /** Among the file's audio tracks. */
  readonly trackIndex: number
  /** Of the whole track: what it may cost depends on it. */
  readonly durationMs: number
  /** What is done to the track before it is measured: what is left out, faded and mixed. May be empty. */
  readonly filters: readonly string[]
  /** How long the audio is after the filters; to the second will do, as it decides only where the audio is cut. */
  readonly filteredMs: number
  /** After the filters; it is resampled and mixed to these where it is not like that yet. */
  readonly sampleRateHz: number
  readonly channels: 1 | 2
  /** More than doubles what measuring costs. */
  readonly truePeak: boolean
  readonly share: CoreShare
  readonly signal: AbortSignal
}

export type MeasureLoudness = (job: LoudnessJob) => Promise<Loudness>

export interface MeasureOptions {
  /** The start of a process, and the decoding of all before, cost more than what shorter parts save. */
  readonly leastPartMs: number
}

const defaultMeasureOptions: MeasureOptions = { leastPartMs: 60_000 }

/** Decoding as a part of measuring, on AAC. */
const decodeCosts = { withPeak: 0.25, withoutPeak: 0.8 }

/**
 * The result is that of a single process, as the parts lie on one grid of 100 ms and are gated together.
 * @throws DomainError CORRUPT_FILE when the file cannot be decoded, CONVERSION_TIMED_OUT.
 */
export function createMeasureLoudness(
  runFfmpeg: RunFfmpeg,
  { leastPartMs }: MeasureOptions = defaultMeasureOptions,
): MeasureLoudness {
  return async (job) => {
    const parts = planParts({
      steps: Math.floor(job.filteredMs / stepMs),
      count: job.share.cores,
      leastSteps: Math.ceil(leastPartMs / stepMs),
      decodeCost: job.truePeak ? decodeCosts.withPeak : decodeCosts.withoutPeak,
    })
    const { durationMs: trackMs, share, signal } = job
    const measureOne = (part: Part, _: number, either: AbortSignal) =>
      share.run(() => measurePart(runFfmpeg, job, part, either), either)
    return joined(await runOnSource({ trackMs, signal }, (either) => runTogether(parts, measureOne, either)))
  }
}

function joined(reports: readonly LoudnessReport[]): Loudness {
  const peaks = reports.map(({ truePeakDbtp }) => truePeakDbtp).filter((peak) => peak !== null)
  return {
    integratedLufs: integratedLoudness(reports.flatMap(({ blocksLufs }) => blocksLufs)),
    truePeakDbtp: peaks.length === 0 ? null : Math.max(...peaks),
  }
}

async function measurePart(
  runFfmpeg: RunFfmpeg,
  job: LoudnessJob,
  part: Part,
  signal: AbortSignal,
): Promise<LoudnessReport> {
  const reader = createReportReader(part.ownStep - part.firstStep)
  const shape = `aformat=sample_rates=${job.sampleRateHz}:channel_layouts=${job.channels === 1 ? 'mono' : 'stereo'}`
  const filters = [...job.filters, shape, ...cutOut(part, job.sampleRateHz), ...meteringFilters(job.truePeak)]
  await runFfmpeg({
    inputOptions: inputOptionsFor(job.reading),
    input: fileUrl(job.path),
    outputOptions: [
      ...['-map', `0:a:${job.trackIndex}`, '-vn', '-sn', '-dn', '-af', filters.join(',')],
      // What is measured last is written nowhere: in the meter's own format, so that nothing is spent on another.
      ...['-c:a', 'pcm_f64le', '-max_error_rate', '1', '-f', 'null'],
    ],
    output: '-',
    limits: limitsFor(job.durationMs),
    signal,
    onLine: (line) => reader.line(line),
  })
  return reader.report()
}

/** Faded in over the first step: audio that begins in the middle of a wave has a peak there that the whole has not. */
function cutOut({ firstStep, endStep }: Part, sampleRateHz: number): string[] {
  const stepSamples = Math.floor((sampleRateHz * stepMs) / 1000) // as the filter rounds it
  const range = [`start_sample=${firstStep * stepSamples}`]
  if (endStep !== null) range.push(`end_sample=${endStep * stepSamples}`)
  const fadeIn = ['asetpts=N/SR/TB', `afade=type=in:start_sample=0:nb_samples=${stepSamples}`]
  return [`atrim=${range.join(':')}`, ...(firstStep === 0 ? [] : fadeIn)]
}
