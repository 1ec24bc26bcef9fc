/** Fits what was asked for to the upload it was asked of: what cannot be made of it is refused now, not when it is run. */
import { isDeepStrictEqual } from 'node:util'
import type { ConversionSource } from '#schema/documents/conversion-source.ts'
import { distinctWarnings, warning, type Warning } from '#schema/documents/warning.ts'
import {
  outputOptionsSchema,
  type OutputOptions,
  type StoredOutput,
} from '#schema/documents/output-options.ts'
import { rateControlOf, type RateControl } from '#schema/documents/rate-control.ts'
import type { AudioTrack } from '#schema/documents/source-media.ts'
import type { ReadyUpload, StoredPicture } from '#schema/documents/upload-document.ts'
import { chooseTrack } from './choose-track.ts'
import { concernsCover, coverWarnings } from './cover-warnings.ts'
import { audioSpan, endToleranceMs, fitChapters, notPossible } from './fit-chapters.ts'
import { timeWords } from '#runtime/timeline/time-words.ts'

export interface FittedOrder extends Pick<
  ConversionSource,
  'track' | 'joined' | 'durationMs' | 'chapters' | 'cover'
> {
  readonly output: StoredOutput
  readonly warnings: Warning[]
}

/** @param coverUpload The picture of the upload that is to be the cover. @throws DomainError OUTPUT_NOT_POSSIBLE. */
export function fitToSource(
  options: OutputOptions,
  { media, ...upload }: Pick<ReadyUpload<'SOURCE'>, 'media' | 'picture' | 'coverFrameMs'>,
  coverUpload: StoredPicture | null,
): FittedOrder {
  const chosen = chooseTrack(options.audioTrack, media)
  const { track, joined } = chosen
  const taken = joined === null ? [track.index] : joined.tracks.map(({ index }) => index)
  const durationMs = track.durationMs ?? media.durationMs
  const cover = { SOURCE: upload.picture, UPLOAD: coverUpload, NONE: null }[options.cover.from]
  const chapters = fitChapters(options, media, audioSpan(track, durationMs), cover)
  const rateControl = fitRateControl(options, track)
  const trim = fitTrim(options.trim, durationMs)
  const mp3s = options.splitByChapters
    ? chapters
    : [{ startMs: trim?.startMs ?? 0, endMs: trim?.endMs ?? durationMs }]
  for (const { startMs, endMs } of mp3s) checkFades(options, endMs - startMs)
  return {
    track,
    joined,
    durationMs,
    chapters,
    cover: cover && coverOf(cover),
    output: { ...options, ...rateControl, trim, passthrough: joined === null && leavesAudioAlone(options) },
    warnings: distinctWarnings([
      ...media.warnings.filter(
        (one) =>
          (one.audioTrack === null || taken.includes(one.audioTrack)) && concernsCover(options.cover, one),
      ),
      ...chosen.warnings,
      ...orderWarnings(options, rateControl, track),
      ...coverWarnings(options.cover, upload, cover),
    ]),
  }
}

const coverOf = ({ blobId, mimeType, type, sizeBytes }: StoredPicture) => ({
  blobId,
  mimeType,
  type,
  sizeBytes,
})

/** What layer III knows at a sample rate (ISO 11172-3, 13818-3; MPEG-2.5 by LAME). */
const mostBitrateKbps = (sampleRateHz: number): number => {
  if (sampleRateHz >= 32_000) return 320
  return sampleRateHz >= 16_000 ? 160 : 64
}

/** Our default gives way to a low sample rate, and so does a bitrate where the rate is the source's own. */
function fitRateControl(options: OutputOptions, track: AudioTrack): RateControl {
  const rateControl = rateControlOf(options)
  if (rateControl.bitrateMode === 'VBR') return rateControl
  const { sampleRateHz, bitrateKbps } = options
  const most = mostBitrateKbps(sampleRateHz ?? track.sampleRateHz)
  if (rateControl.bitrateKbps <= most) return rateControl
  if (sampleRateHz !== null && bitrateKbps !== null)
    throw notPossible(`At ${sampleRateHz} Hz an MP3 has at most ${most} kbit/s.`)
  return { ...rateControl, bitrateKbps: most }
}

function fitTrim(trim: OutputOptions['trim'], durationMs: number): OutputOptions['trim'] {
  if (trim === null) return null
  const { startMs, endMs } = trim
  if (startMs >= durationMs)
    throw notPossible(`trim starts at ${timeWords(startMs)}, but the track lasts ${timeWords(durationMs)}.`)
  if (endMs !== null && endMs > durationMs + endToleranceMs)
    throw notPossible(`trim ends at ${timeWords(endMs)}, but the track lasts ${timeWords(durationMs)}.`)
  return { startMs, endMs: endMs !== null && endMs >= durationMs ? null : endMs }
}

function checkFades({ fadeInMs, fadeOutMs }: OutputOptions, lengthMs: number): void {
  if (fadeInMs + fadeOutMs > lengthMs)
    throw notPossible(
      `The fades take ${timeWords(fadeInMs + fadeOutMs)}, but what is kept lasts ${timeWords(lengthMs)}.`,
    )
}

/** The options that leave every audio sample as it is. */
const besideAudio: readonly string[] = [
  'tags',
  'cover',
  'chapters',
  'audioTrack',
] satisfies (keyof OutputOptions)[]

/** By exclusion: an option that is missing from the list above prevents passing through, and is never ignored. */
const leavesAudioAlone = (options: OutputOptions): boolean =>
  Object.entries(outputOptionsSchema.parse({})).every(
    ([name, unasked]) =>
      besideAudio.includes(name) || isDeepStrictEqual(options[name as keyof OutputOptions], unasked),
  )

/** What is odd about an order that is carried out all the same. */
function orderWarnings(options: OutputOptions, rateControl: RateControl, track: AudioTrack): Warning[] {
  const warnings: Warning[] = []
  // Nobody asked for our default.
  const askedKbps =
    options.bitrateKbps === null || rateControl.bitrateMode === 'VBR' ? 0 : rateControl.bitrateKbps
  if (askedKbps > (track.bitrateKbps || Infinity)) {
    const message = `The track has ${track.bitrateKbps} kbit/s; at ${askedKbps} kbit/s the MP3 becomes larger, not better.`
    warnings.push(warning('BITRATE_ABOVE_SOURCE', message))
  }
  if ((options.sampleRateHz ?? 0) > track.sampleRateHz) {
    const message = `The track has ${track.sampleRateHz} Hz; at ${options.sampleRateHz} Hz the MP3 becomes larger, not better.`
    warnings.push(warning('SAMPLE_RATE_ABOVE_SOURCE', message))
  }
  if (track.channels > 2 && track.channelLayout === null) {
    const message = `The file does not say what its ${track.channels} channels are: they are mixed as so many usually are, or all alike.`
    warnings.push(warning('CHANNELS_UNKNOWN', message))
  }
  return warnings
}
