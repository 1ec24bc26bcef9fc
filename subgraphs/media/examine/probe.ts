/** Finds out what a file holds, by ffprobe, and whether it can be converted. */
import * as z from 'zod'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { mostStreams, readOn } from '#runtime/ffmpeg/hardening.ts'
import { bytesAsTheyAre, parseReport } from '#media/examine/tags/parse-report.ts'
import { probeReportSchema, sourceMediaOf, type ProbeReport } from './probe-report.ts'
import { obstacleOf, unknownAac } from '#media/examine/refusals/track-obstacles.ts'
import { createRunFfprobe, type RunFfprobe } from './run-ffprobe.ts'
import type { Sandbox } from '#runtime/ffmpeg/sandbox.ts'

/** The longest audio we convert: a day. */
export const longestDurationMs = 24 * 3_600_000

/** Demuxers whose streams may begin anywhere. */
export const beginLate: ReadonlySet<string> = new Set(['mpegts', 'mpeg', 'flv'])

export type Probe = (path: string, signal: AbortSignal) => Promise<SourceMedia>

/**
 * Asks ffprobe for streams, chapters and tags.
 * @throws Error at once when there is no such executable; the probe throws DomainError UNSUPPORTED_FORMAT, CORRUPT_FILE,
 * NO_AUDIO_TRACK, UNSUPPORTED_CODEC or PROTECTED.
 */
export function createProbe(ffprobePath: string, sandbox?: Sandbox): Probe {
  const runFfprobe = createRunFfprobe(ffprobePath, sandbox)
  return async (path, signal) => {
    const first = await ask(runFfprobe, path, signal)
    const report = leavesAudioOpen(first) ? await ask(runFfprobe, path, signal, readOn) : first
    const audio = report.streams.filter((stream) => stream.codec_type === 'audio')
    if (audio.length === 0) throw new DomainError('NO_AUDIO_TRACK')
    const [obstacle = null, ...others] = audio.map(obstacleOf)
    if (obstacle !== null && others.every((other) => other !== null)) throw obstacle
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

const whatToTell = [
  '-v',
  'level+warning',
  '-of',
  bytesAsTheyAre,
  '-show_format',
  '-show_streams',
  '-show_chapters',
]

async function ask(
  runFfprobe: RunFfprobe,
  path: string,
  signal: AbortSignal,
  further: readonly string[] = [],
): Promise<ProbeReport> {
  try {
    const { stdout, stderr } = await runFfprobe(path, [...further, ...whatToTell], signal)
    if (tellsOfDrm.test(stderr)) throw new DomainError('PROTECTED')
    const report = probeReportSchema.parse(parseReport(stdout))
    return guessesLength.test(stderr) ? withoutLength(report) : report
  } catch (error) {
    signal.throwIfAborted()
    throw failureOfProbe(error)
  }
}

/** Of Windows Media, whose header has an object for it. */
const tellsOfDrm = /^\[asf @ [^\]]*\] \[warning\] (Ext )?DRM protected stream detected/m

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
  const meaning = (code: ErrorCode, message?: string) => new DomainError(code, message, { cause: error })
  // What ffprobe cannot say within bounds or sense is the file's doing; trying again would not change it.
  if (error instanceof z.ZodError || error instanceof SyntaxError || isTooLong(error))
    return meaning('CORRUPT_FILE')
  if (!(error instanceof Error) || !('stderr' in error)) return error
  if ('code' in error && typeof error.code === 'string') return error // it could not be started
  const unknown = unknownAac(String(error.stderr))
  if (unknown !== null) return unknown
  const said = String(error.stderr).replaceAll(/^.*\[warning\].*$/gm, '')
  if (/exceeds max_streams/.test(said))
    return meaning(
      'UNSUPPORTED_FORMAT',
      `The file has more than ${mostStreams} streams of video, audio and subtitles.`,
    )
  if (wasEnded(error) || /Cannot allocate memory/i.test(said)) return meaning('CORRUPT_FILE', beyondLimits)
  if (/moov atom not found|truncat|End of file|partial file|Input\/output error/i.test(said))
    return meaning('CORRUPT_FILE')
  return meaning('UNSUPPORTED_FORMAT')
}

const beyondLimits =
  'The file asks for more time or memory than reading one may take: it is damaged, or made to be so.'

/** By our deadline, or by a limit of the sandbox. */
const wasEnded = (error: Error): boolean => 'signal' in error && typeof error.signal === 'string'

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
