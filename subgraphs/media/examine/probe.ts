/** Finds out what a file holds, by ffprobe, and whether it can be converted. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { endProcessGroup } from '#runtime/ffmpeg/end-process-group.ts'
import { decodableCodecs, fileUrl, mostStreams, probeOptions, readOn } from '#runtime/ffmpeg/hardening.ts'
import { bytesAsTheyAre, parseReport } from '#media/examine/tags/parse-report.ts'
import { probeReportSchema, sourceMediaOf, type ProbeReport } from './probe-report.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'

const run = promisify(execFile)

/** The longest audio we convert: a day. */
export const longestDurationMs = 24 * 3_600_000

/** Demuxers whose streams may begin anywhere. */
export const beginLate: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'flv'])

export type Probe = (path: string, signal: AbortSignal) => Promise<SourceMedia>

/**
 * Asks ffprobe for streams, chapters and tags.
 * @throws Error at once when there is no such executable; the probe throws DomainError UNSUPPORTED_FORMAT, CORRUPT_FILE,
 * NO_AUDIO_TRACK or UNSUPPORTED_CODEC.
 */
export function createProbe(ffprobePath: string, sandbox: Sandbox = unconfined): Probe {
  const executable = findExecutable(ffprobePath)
  return async (path, signal) => {
    const launch = () => sandbox.confine(executable, { read: [path], write: [] })
    const first = await ask(launch(), path, signal)
    const report = leavesAudioOpen(first) ? await ask(launch(), path, signal, readOn) : first
    const audio = report.streams.filter((stream) => stream.codec_type === 'audio')
    if (audio.length === 0) throw new DomainError('NO_AUDIO_TRACK')
    if (!audio.some((stream) => decodableCodecs.has(stream.codec_name)))
      throw new DomainError('UNSUPPORTED_CODEC')
    return sourceMediaOf(report)
  }
}

/**
 * These tell what a stream is when it begins, and announce some before, or guess. An FLV says of its audio what its header
 * does, right or wrong.
 */
function leavesAudioOpen({ format, streams }: ProbeReport): boolean {
  if (!beginLate.has(format.format_name)) return false
  const audio = streams.filter((stream) => stream.codec_type === 'audio')
  return format.format_name === 'flv' || audio.length === 0 || audio.some((stream) => !stream.sample_rate)
}

async function ask(
  [command, ...launch]: ReturnType<Sandbox['confine']>,
  path: string,
  signal: AbortSignal,
  further: readonly string[] = [],
): Promise<ProbeReport> {
  const options = [
    ...launch,
    ...probeOptions,
    ...further,
    '-v',
    'level+warning',
    '-of',
    bytesAsTheyAre,
    '-show_format',
    '-show_streams',
    '-show_chapters',
    fileUrl(path),
  ]
  signal.throwIfAborted()
  const either = AbortSignal.any([signal, AbortSignal.timeout(60_000)])
  const bounds = { killSignal: 'SIGKILL', maxBuffer: 16 * 1024 * 1024, encoding: 'buffer' } as const
  const running = run(command, options, bounds)
  const { pid } = running.child
  const end = () => pid !== undefined && endProcessGroup(pid)
  either.addEventListener('abort', end, { once: true })
  try {
    const { stdout, stderr } = await running
    const report = probeReportSchema.parse(parseReport(stdout))
    return guessesLength.test(stderr.toString('latin1')) ? withoutLength(report) : report
  } catch (error) {
    signal.throwIfAborted()
    throw failureOfProbe(error)
  } finally {
    either.removeEventListener('abort', end)
  }
}

/** ffprobe guesses the length of audio without a header from its first frames: too long by half where later ones are smaller. */
const guessesLength = /^.*\[warning\] Estimating duration from bitrate/m

function withoutLength({ streams, format, ...rest }: ProbeReport): ProbeReport {
  return {
    ...rest,
    streams: streams.map((stream) => ({ ...stream, duration: undefined })),
    format: { ...format, duration: undefined },
  }
}

/** ffprobe says the same of noise and of a torso; a torso of MP4 or Matroska at least begins as one. */
function failureOfProbe(error: unknown): unknown {
  // What ffprobe cannot say within bounds or sense is the file's doing; trying again would not change it.
  if (error instanceof z.ZodError || error instanceof SyntaxError || isTooLong(error))
    return new DomainError('CORRUPT_FILE', undefined, { cause: error })
  if (!(error instanceof Error) || !('stderr' in error)) return error
  const said = String(error.stderr).replaceAll(/^.*\[warning\].*$/gm, '')
  if ('code' in error && typeof error.code === 'string') return error // it could not be started
  if (/exceeds max_streams/.test(said)) {
    const message = `The file has more than ${mostStreams} streams of video, audio and subtitles.`
    return new DomainError('UNSUPPORTED_FORMAT', message, { cause: error })
  }
  if (/moov atom not found|truncat|End of file|partial file/i.test(said))
    return new DomainError('CORRUPT_FILE', undefined, { cause: error })
  return new DomainError('UNSUPPORTED_FORMAT', undefined, { cause: error })
}

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
