/** Finds out what a file holds, by ffprobe, and whether it can be converted. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import * as z from 'zod'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { findExecutable } from '#runtime/ffmpeg/find-executable.ts'
import { decodableCodecs, fileUrl, probeOptions } from '#runtime/ffmpeg/hardening.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'

const run = promisify(execFile)

/** The longest audio we convert: a day. */
export const longestDurationMs = 24 * 3_600_000

const seconds = z.string().transform(Number).pipe(z.number())
const tags = z.record(z.string(), z.string()).default({})

const streamSchema = z.object({
  codec_type: z.string().optional(),
  codec_name: z.string().default('unknown'),
  channels: z.int().optional(),
  sample_rate: z.string().transform(Number).optional(),
  bit_rate: z.string().transform(Number).optional(),
  duration: seconds.optional(),
  tags,
})

const reportSchema = z.object({
  streams: z.array(streamSchema).default([]),
  chapters: z.array(z.object({ start_time: seconds, end_time: seconds, tags })).default([]),
  format: z.object({ format_name: z.string(), duration: seconds.optional(), tags }),
})

type Stream = z.infer<typeof streamSchema>

export type Probe = (path: string, signal: AbortSignal) => Promise<SourceMedia>

/** What a file says of itself beyond this is left out: it is stored and shown, and a hostile file has no bounds. */
const most = { tags: 200, chapters: 2_000, characters: 2_000 }

/**
 * Asks ffprobe for streams, chapters and tags.
 * @throws Error at once when there is no such executable; the probe throws DomainError NOT_A_VIDEO, CORRUPT_FILE,
 * NO_AUDIO_TRACK, UNSUPPORTED_CODEC or TOO_LONG.
 */
export function createProbe(ffprobePath: string, sandbox: Sandbox = unconfined): Probe {
  const executable = findExecutable(ffprobePath)
  return async (path, signal) => {
    const report = await ask(sandbox.confine(executable, { read: [path], write: [] }), path, signal)
    const audio = report.streams.filter((stream) => stream.codec_type === 'audio')
    if (audio.length === 0) throw new DomainError('NO_AUDIO_TRACK')
    if (!audio.some((stream) => decodableCodecs.has(stream.codec_name)))
      throw new DomainError('UNSUPPORTED_CODEC')
    const durationMs = milliseconds(report.format.duration ?? Math.max(0, ...audio.map(durationSeconds)))
    if (durationMs > longestDurationMs) throw new DomainError('TOO_LONG')
    return {
      durationMs,
      container: report.format.format_name,
      audioTracks: audio.map((stream, index) => trackOf(stream, index)),
      chapters: report.chapters.slice(0, most.chapters).map((chapter) => ({
        startMs: milliseconds(chapter.start_time),
        endMs: milliseconds(chapter.end_time),
        title: clipped(chapter.tags['title']),
      })),
      tags: Object.entries(report.format.tags)
        .slice(0, most.tags)
        .map(([key, value]) => ({ key: clipped(key.toLowerCase()), value: clipped(value) })),
      picture: null,
      pictureStream: null,
    }
  }
}

async function ask(
  [command, ...launch]: ReturnType<Sandbox['confine']>,
  path: string,
  signal: AbortSignal,
): Promise<z.infer<typeof reportSchema>> {
  const options = [
    ...launch,
    ...probeOptions,
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    '-show_chapters',
    fileUrl(path),
  ]
  const limits = {
    signal,
    killSignal: 'SIGKILL',
    timeout: 60_000,
    maxBuffer: 16 * 1024 * 1024,
  } as const
  try {
    const { stdout } = await run(command, options, limits)
    return reportSchema.parse(JSON.parse(stdout))
  } catch (error) {
    signal.throwIfAborted()
    throw failureOfProbe(error)
  }
}

/** ffprobe says the same of noise and of a torso; a torso of MP4 or Matroska at least begins as one. */
function failureOfProbe(error: unknown): unknown {
  // What ffprobe cannot say within bounds or sense is the file's doing; trying again would not change it.
  if (error instanceof z.ZodError || error instanceof SyntaxError || isTooLong(error))
    return new DomainError('CORRUPT_FILE', undefined, { cause: error })
  if (!(error instanceof Error) || !('stderr' in error)) return error
  const said = String(error.stderr)
  if ('code' in error && typeof error.code === 'string') return error // it could not be started
  if (/moov atom not found|truncat|End of file|partial file/i.test(said))
    return new DomainError('CORRUPT_FILE', undefined, { cause: error })
  return new DomainError('NOT_A_VIDEO', undefined, { cause: error })
}

const isTooLong = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'

function clipped<T extends string | undefined>(text: T): T extends string ? string : string | null
function clipped(text: string | undefined): string | null {
  return text?.slice(0, most.characters) ?? null
}

const milliseconds = (value: number): number => Math.max(0, Math.round(value * 1000))

/** Of the stream itself, or of Matroska's DURATION tag (`hh:mm:ss.fraction`); 0 where neither is there. */
function durationSeconds(stream: Stream): number {
  if (stream.duration !== undefined) return stream.duration
  const parts = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(stream.tags['DURATION'] ?? '')
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : 0
}

function trackOf(stream: Stream, index: number): SourceMedia['audioTracks'][number] {
  const language = stream.tags['language']
  return {
    index,
    codec: stream.codec_name,
    language: language === undefined || language === 'und' ? null : language,
    channels: Math.max(1, stream.channels ?? 1),
    sampleRateHz: Math.max(1, stream.sample_rate ?? 1),
    bitrateKbps: stream.bit_rate === undefined ? null : Math.round(stream.bit_rate / 1000),
    title: clipped(stream.tags['title']),
    durationMs: milliseconds(durationSeconds(stream)) || null,
    startMs: 0,
  }
}
