/** Measures the highest peak of audio, between the samples too: a third of what measuring a loudness costs. */
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import { limitsFor } from '#runtime/ffmpeg/resource-limits.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import { runOnSource } from '#converter/source/run-on-source.ts'

export interface PeakJob {
  readonly path: string
  readonly reading: SourceReading
  /** Among the file's audio tracks. */
  readonly trackIndex: number
  readonly trackMs: number
  /** What is done to the track before. */
  readonly filters: readonly string[]
  /** After the filters. */
  readonly sampleRateHz: number
  readonly share: CoreShare
  readonly signal: AbortSignal
}

/**
 * In one process: most of its time is the decoding, which each part of a track would do again.
 * @returns dBTP, a tenth too low at most for all but artificial audio; null for digital silence.
 * @throws DomainError CORRUPT_FILE when the file cannot be decoded, CONVERSION_TIMED_OUT.
 */
export type MeasurePeak = (job: PeakJob) => Promise<number | null>

export const createMeasurePeak =
  (runFfmpeg: RunFfmpeg): MeasurePeak =>
  async ({ path, reading, trackIndex, trackMs, filters, sampleRateHz, share, signal }) => {
    let peakDb = Number.NEGATIVE_INFINITY
    const meter = 'astats@peak=measure_perchannel=none:measure_overall=Peak_level'
    const all = [...filters, `aresample=${2 * sampleRateHz}`, 'aformat=sample_fmts=fltp', meter]
    const run = (either: AbortSignal) =>
      runFfmpeg({
        inputOptions: inputOptionsFor(reading),
        input: fileUrl(path),
        outputOptions: [
          ...['-map', `0:a:${trackIndex}`, '-vn', '-sn', '-dn', '-af', all.join(',')],
          ...['-c:a', 'pcm_f32le', '-max_error_rate', '1', '-f', 'null'],
        ],
        output: '-',
        limits: limitsFor(trackMs),
        signal: either,
        onLine: (line) => (peakDb = Math.max(peakDb, peakOf(line))),
      })
    await share.run(() => runOnSource({ trackMs, signal }, run), signal)
    return Number.isFinite(peakDb) ? peakDb : null
  }

/** Anchored to our own filter's name: a tag of the file may hold anything. */
const peakLine = /^\[astats@peak @ [^\]]*\] \[info\] Peak level dB: (-?\d+(?:\.\d+)?)\s*$/

const peakOf = (line: string): number => Number(peakLine.exec(line)?.[1] ?? Number.NEGATIVE_INFINITY)
