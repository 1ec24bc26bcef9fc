/** Fits what was asked for to the upload it was asked of: what cannot be made of it is refused now, not when it is run. */
import type { OutputOptions, RateControl } from '#schema/documents/output-options.ts'
import { cbrBitratesKbps } from '#schema/documents/output-options.ts'
import type { AudioTrack, Chapter, SourceMedia } from '#schema/documents/source-media.ts'
import type { StoredPicture } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { decodableCodecs } from '#runtime/ffmpeg/hardening.ts'
import type { OutputOrder } from './output-order.ts'
import { isSameLanguage } from './same-language.ts'
import { assureRoomForCovers, assureAudio, audioOf, splitChapters } from './split-chapters.ts'

export interface FittedOutput {
  readonly output: OutputOptions
  readonly track: AudioTrack
  /** The track's length, or else the file's. */
  readonly durationMs: number
  /** The file's own, as far as they are of use. */
  readonly sourceChapters: Chapter[]
}

const notPossible = (message: string) => new DomainError('OUTPUT_NOT_POSSIBLE', message)

/** What is asked for past the end by less than this means the end: lengths are rounded, and not every container knows them. */
const endToleranceMs = 1_000

/** @param cover What the order's origin of it has. @throws DomainError OUTPUT_NOT_POSSIBLE. */
export function fitToSource(
  order: OutputOrder,
  media: SourceMedia,
  cover: StoredPicture | null,
): FittedOutput {
  const track = trackFor(order.audioTrack, media.audioTracks)
  const durationMs = track.durationMs ?? media.durationMs
  const trim = fitTrim(order.trim, durationMs)
  const chapters = fitChapters(order, media)
  const sound = audioOf(track, durationMs)
  const sourceChapters = order.splitByChapters ? splitChapters(media.chapters, sound) : media.chapters
  if (order.splitByChapters) {
    const parts = chapters.from === 'GIVEN' ? chapters.list : sourceChapters
    if (chapters.from === 'GIVEN') assureAudio(parts, sound)
    checkSplit(order, parts)
    assureRoomForCovers(parts, cover)
  } else checkFades(order, keptMs(trim, durationMs))
  const { channels, sampleRateHz, encoderQuality, fadeInMs, fadeOutMs, loudness } = order
  const { passthrough, tags, splitByChapters } = order
  return {
    track,
    durationMs,
    sourceChapters,
    output: {
      ...fitBitrate(order, track),
      ...{ channels, sampleRateHz, encoderQuality, trim, fadeInMs, fadeOutMs, loudness, passthrough },
      ...{ tags, cover: fitCover(order.cover, cover), chapters, splitByChapters },
    },
  }
}

function trackFor(wish: OutputOrder['audioTrack'], tracks: readonly AudioTrack[]): AudioTrack {
  const track =
    wish === null
      ? tracks.find(({ codec }) => decodableCodecs.has(codec))
      : tracks.find(({ index, language }) =>
          wish.language === null
            ? index === wish.index
            : language !== null && isSameLanguage(language, wish.language),
        )
  const known = tracks.map(({ index, language }) => `${index} (${language ?? 'language unknown'})`).join(', ')
  if (track === undefined) throw notPossible(`There is no such audio track; the upload has ${known}.`)
  if (!decodableCodecs.has(track.codec))
    throw notPossible(`Audio track ${track.index} is coded as ${track.codec}, which we do not decode.`)
  return track
}

function fitTrim(trim: OutputOrder['trim'], durationMs: number): OutputOptions['trim'] {
  if (trim === null) return null
  const { startMs, endMs } = trim
  if (startMs >= durationMs)
    throw notPossible(`trim starts at ${startMs} ms, but the track lasts ${durationMs} ms.`)
  if (endMs !== null && endMs > durationMs + endToleranceMs)
    throw notPossible(`trim ends at ${endMs} ms, but the track lasts ${durationMs} ms.`)
  return { startMs, endMs: endMs !== null && endMs >= durationMs ? null : endMs }
}

const keptMs = (trim: OutputOptions['trim'], durationMs: number) =>
  (trim?.endMs ?? durationMs) - (trim?.startMs ?? 0)

function checkFades({ fadeInMs, fadeOutMs }: OutputOrder, lengthMs: number): void {
  if (fadeInMs + fadeOutMs > lengthMs)
    throw notPossible(`The fades take ${fadeInMs + fadeOutMs} ms, but what is kept lasts ${lengthMs} ms.`)
}

function fitChapters({ chapters }: OutputOrder, media: SourceMedia): OutputOptions['chapters'] {
  if (chapters.from !== 'GIVEN') return { from: chapters.from }
  const { durationMs } = media
  const list = chapters.list.map(({ startMs, endMs, title }, index) => ({
    startMs,
    endMs: Math.min(endMs ?? chapters.list[index + 1]?.startMs ?? durationMs, durationMs),
    title,
  }))
  for (const [index, { startMs, endMs }] of list.entries()) {
    const askedMs = chapters.list[index]!.endMs ?? endMs
    if (startMs >= endMs || askedMs > durationMs + endToleranceMs)
      throw notPossible(`Chapter ${index + 1} does not lie within the file, which lasts ${durationMs} ms.`)
  }
  return { from: 'GIVEN', list }
}

function checkSplit(order: OutputOrder, chapters: readonly Chapter[]): void {
  if (order.chapters.from === 'NONE' || chapters.length === 0)
    throw notPossible('There are no chapters to split by; give some.')
  if (chapters.length > 500) throw notPossible('There are more than 500 chapters to split by; give fewer.')
  if (order.trim !== null)
    throw notPossible(
      'trim and splitByChapters exclude each other; give chapters that begin and end where you want.',
    )
  for (const { startMs, endMs } of chapters) checkFades(order, endMs - startMs)
}

/** What layer III knows at a sample rate (ISO 11172-3, 13818-3; MPEG-2.5 by LAME). */
const mostBitrateKbps = (sampleRateHz: number): number => {
  if (sampleRateHz >= 32_000) return 320
  return sampleRateHz >= 16_000 ? 160 : 64
}

/** Our default gives way to a low sample rate, and so does a bitrate where the rate is the source's own. */
function fitBitrate(
  { rateControl, sampleRateHz, bitrateNamed }: OutputOrder,
  track: AudioTrack,
): RateControl {
  if (rateControl.bitrateMode === 'VBR') return rateControl
  const most = mostBitrateKbps(sampleRateHz ?? track.sampleRateHz)
  if (rateControl.bitrateKbps <= most) return rateControl
  if (sampleRateHz !== null && bitrateNamed)
    throw notPossible(`At ${sampleRateHz} Hz an MP3 has at most ${most} kbit/s.`)
  if (rateControl.bitrateMode === 'ABR') return { ...rateControl, bitrateKbps: most }
  return { ...rateControl, bitrateKbps: cbrBitratesKbps.findLast((bitrate) => bitrate <= most)! }
}

function fitCover(
  { from, uploadId }: OutputOrder['cover'],
  picture: StoredPicture | null,
): OutputOptions['cover'] {
  if (from !== 'UPLOAD') return { from }
  if (picture === null || uploadId === null) throw new Error('a cover without a picture')
  const { blobId, mimeType, sizeBytes } = picture
  return { from, uploadId, picture: { blobId, mimeType, sizeBytes } }
}
