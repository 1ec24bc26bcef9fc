/** What ffprobe says of a file, and what of it we keep. */
import * as z from 'zod'
import { obstacleOf } from '#media/examine/refusals/track-obstacles.ts'
import { pictureTypes, type pictureMimeTypes, type SourceMedia } from '#schema/documents/source-media.ts'
import { boundedTags, boundedTitles, clipped } from '#media/examine/tags/bounded-tags.ts'
import { frontPicture, pictureTypeOf } from '#media/examine/tags/front-picture.ts'
import { roleOf } from './track-roles.ts'

const seconds = z.string().transform(Number).pipe(z.number())
const tags = z.record(z.string(), z.string()).default({})

const streamSchema = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().default('unknown'),
  codec_long_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  bits_per_raw_sample: z.string().transform(Number).optional(),
  channels: z.int().optional(),
  channel_layout: z.string().optional(),
  sample_rate: z.string().transform(Number).optional(),
  bit_rate: z.string().transform(Number).optional(),
  start_time: seconds.optional(),
  duration: seconds.optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  disposition: z.record(z.string(), z.int()).default({}),
  tags,
})

export const probeReportSchema = z.object({
  streams: z.array(streamSchema).default([]),
  chapters: z.array(z.object({ start_time: seconds, end_time: seconds, tags })).default([]),
  format: z.object({
    format_name: z.string(),
    start_time: seconds.optional(),
    duration: seconds.optional(),
    tags,
  }),
})

export type ProbeReport = z.infer<typeof probeReportSchema>
type Stream = z.infer<typeof streamSchema>
type Track = SourceMedia['audioTracks'][number]

/** RFC 5646, section 4.4.1. */
const mostLanguageCharacters = 35

export function sourceMediaOf(report: ProbeReport): SourceMedia {
  const { format, chapters } = report
  const audio = report.streams.filter((stream) => stream.codec_type === 'audio')
  const fileStart = format.start_time ?? 0
  // What lies before 0 is the encoder's delay, which decoders drop.
  const audioStart = Math.max(0, fileStart)
  return {
    durationMs: milliseconds(
      format.duration ?? Math.max(0, ...audio.map((stream) => durationSeconds(stream))),
    ),
    container: format.format_name,
    audioTracks: audio.map((stream, index) => trackOf(stream, index, fileStart)),
    chapters: boundedTitles(
      chapters.map((chapter) => ({
        startMs: milliseconds(chapter.start_time - audioStart),
        endMs: milliseconds(chapter.end_time - audioStart),
        title: chapter.tags['title'] ?? null,
      })),
    ),
    tags: boundedTags(
      Object.entries(tagsOf(format, audio[0])).map(([key, value]) => ({ key: key.toLowerCase(), value })),
    ),
    warnings: [],
    ...pictureOf(report.streams),
  }
}

/** Ogg has none of its own: they stand in its streams' comment headers. */
const tagsOf = (format: ProbeReport['format'], audio: Stream | undefined) =>
  format.format_name === 'ogg' ? { ...audio?.tags, ...format.tags } : format.tags

/** ID3 readers show two kinds; the others become a JPEG. */
const mimeTypeOf: Readonly<Record<string, (typeof pictureMimeTypes)[number]>> = {
  mjpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/jpeg',
  gif: 'image/jpeg',
  bmp: 'image/jpeg',
  tiff: 'image/jpeg',
}

/** The front cover among the pictures attached whose size is known. */
function pictureOf(streams: readonly Stream[]): Pick<SourceMedia, 'picture' | 'pictureStream'> {
  const attached = streams.flatMap(({ index, codec_name, disposition, width, height, ...stream }) => {
    const mimeType = mimeTypeOf[codec_name]
    if (disposition['attached_pic'] !== 1 || mimeType === undefined || !width || !height) return []
    const [type, filename] = [pictureTypeOf(stream.tags['comment']), stream.tags['filename'] ?? null]
    return [{ index, mimeType, widthPx: width, heightPx: height, type, filename }]
  })
  const front = frontPicture(attached)
  if (front === undefined) return { picture: null, pictureStream: null }
  const { index, filename: _, type, ...shown } = front
  const picture = { ...shown, type: type ?? pictureTypes.frontCover, convertedFrom: null }
  return { picture, pictureStream: index }
}

/** Within the numbers we store: a hostile file states any. */
const whole = (value: number, largest = Number.MAX_SAFE_INTEGER): number =>
  Math.min(largest, Math.max(0, Math.round(value)))
const milliseconds = (value: number): number => whole(value * 1000)

/**
 * Of the stream itself, or of Matroska's DURATION tag (`hh:mm:ss.fraction`); 0 where neither is there. mkvmerge, which is known
 * by its statistics, says how long a track is; ffmpeg, when it ends.
 */
function durationSeconds(stream: Stream, startSeconds = 0): number {
  if (stream.duration !== undefined) return stream.duration
  const parts = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(stream.tags['DURATION'] ?? '')
  const stated = parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : 0
  const isLength = Object.keys(stream.tags).some((key) => key.startsWith('_STATISTICS_TAGS'))
  return isLength ? stated : Math.max(0, stated - startSeconds)
}

function trackOf(stream: Stream, index: number, fileStart: number): Track {
  const language = stream.tags['language'] ?? 'und'
  const startSeconds = (stream.start_time ?? fileStart) - fileStart
  const channelLayout = layoutOf(stream)
  return {
    index,
    codec: stream.codec_name,
    isDecodable: obstacleOf(stream) === null,
    language: language === 'und' || language.length > mostLanguageCharacters ? null : language,
    channels: Math.max(1, stream.channels ?? 1),
    channelLayout,
    sampleRateHz: Math.max(1, stream.sample_rate ?? 1),
    bitrateKbps: stream.bit_rate === undefined ? null : whole(stream.bit_rate / 1000, 2 ** 31 - 1),
    title: clipped(stream.tags['title']),
    ...roleOf(stream.disposition, [stream.tags['title'], stream.tags['handler_name']], channelLayout),
    // Announced, and nothing of it was found however far the file was read ahead.
    isEmpty: stream.sample_rate === 0,
    durationMs: milliseconds(durationSeconds(stream, Math.max(0, startSeconds))) || null,
    startMs: milliseconds(startSeconds),
    timeline: null,
  }
}

const layoutOf = ({ channel_layout: layout }: Stream): string | null =>
  layout === undefined || layout === 'unknown' ? null : clipped(layout)
