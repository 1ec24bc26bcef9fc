/** What is found out about a received file before anything of it is stored: a source and a cover are examined differently. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { ReadyUpload, UploadDocument } from '#schema/documents/upload-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { ExtractAudio } from './extract-audio.ts'
import type { PictureFile } from './measure-picture.ts'
import type { Pictures } from './pictures.ts'
import { createCoverOf } from './cover-of.ts'
import { boundedTags } from '#media/examine/tags/bounded-tags.ts'
import { hasMoreToTell, sourceTags } from '#media/examine/tags/source-tags.ts'
import { shownChapters } from '#media/examine/tags/shown-chapters.ts'
import type { ReadTagsOf } from '#media/examine/tags/read-tags.ts'
import type { Probe } from './probe.ts'
import { assureLength, mediaAsRead } from './media-as-read.ts'
import { sideBySide } from './side-by-side.ts'
import { mayBeginLate, readingOf } from './source-reading.ts'
import type { Screen } from './screen.ts'
import type { ReadTimelines } from '#media/examine/timeline/read-timelines.ts'
import type { ExplainRefusal } from '#media/examine/refusals/explain-refusal.ts'
import type { TryTracks } from '#media/examine/refusals/try-tracks.ts'

export interface ExamineJob {
  readonly upload: Pick<UploadDocument, 'sizeBytes' | 'coverFrameMs'>
  /** Of the received file. */
  readonly path: string
  /** For the files that the examination makes; the caller removes it. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: Logger
}

/** What to store of an upload, and what to tell of it. */
export type Findings =
  | {
      readonly purpose: 'SOURCE'
      readonly media: SourceMedia
      readonly source: ReadyUpload<'SOURCE'>['stored'] & { readonly path: string }
      readonly picture: PictureFile | null
    }
  | { readonly purpose: 'COVER'; readonly picture: PictureFile }

/** @throws DomainError saying why the upload is rejected. */
export type Examine = (job: ExamineJob) => Promise<Findings>

interface ReadJob extends ExamineJob {
  readonly reading: SourceReading
}

export interface ExamineSourceDependencies {
  readonly probe: Probe
  readonly extractAudio: ExtractAudio
  readonly screen: Screen
  readonly readTimelines: ReadTimelines
  readonly readTags: ReadTagsOf
  readonly tryTracks: TryTracks
  readonly explainRefusal: ExplainRefusal
  readonly pictures: Pictures
}

/** Of a file that is to be converted: what it holds, and what of it has to be stored. */
export function createExamineSource({
  probe,
  extractAudio,
  screen,
  readTimelines,
  readTags,
  tryTracks,
  explainRefusal,
  pictures,
}: ExamineSourceDependencies): Examine {
  /** @param stored What the converter will be given: extracted, audio that begins late is found at once. */
  const asHeard = async (
    job: ReadJob,
    probed: SourceMedia,
    spans: Awaited<ReturnType<Screen>>,
    stored: Pick<ReadJob, 'path' | 'reading'>,
  ) => {
    const read = mediaAsRead(probed, spans)
    // Where its audio begins is told by the file itself: what is extracted may have another clock.
    const isFoundAtOnce = !mayBeginLate(read)
    const tried = await tryTracks({ ...job, ...(isFoundAtOnce ? {} : stored), media: read })
    const beginnings = isFoundAtOnce ? tried.beginnings : new Map<number, never>()
    const media = await readTimelines({ ...job, media: tried.media, beginnings, spans })
    assureLength(media)
    return media
  }
  const readToEnd = async (job: ReadJob, probed: SourceMedia) => {
    const extracted = await extractAudio({ ...job, media: probed })
    if (extracted !== null) {
      const { path, sizeBytes, container, spans } = extracted
      // The whole file was read to its end on the way.
      const stored = { path, sizeBytes, container, reading: 'USUAL' } as const
      const media = await asHeard(job, probed, spans, stored)
      return { media, source: { form: 'EXTRACTED', ...stored } } as const
    }
    const media = await asHeard(job, probed, await screen({ ...job, media: probed }), job)
    const { path, reading } = job
    const { sizeBytes } = job.upload
    const { container } = media
    return { media, source: { form: 'WHOLE', path, sizeBytes, container, reading } } as const
  }
  /** What ffmpeg has no decoder for, it may fail to copy as well: that it is damaged would be the wrong reason. */
  const lookCloser = async (
    error: unknown,
    { path, reading, signal }: ReadJob,
    probed: SourceMedia,
  ): Promise<never> => {
    if (error instanceof DomainError && error.code === 'CORRUPT_FILE')
      await tryTracks({ path, media: probed, reading, signal })
    throw error
  }
  const readBoth = async (job: ReadJob, probed: SourceMedia) => {
    const readOwn = async (signal: AbortSignal) =>
      hasMoreToTell(probed) ? await readTags({ ...job, container: probed.container, signal }) : null
    if (probed.chapters.length > 0) {
      // Which are shown is known before they are put where they are heard.
      const read = await readOwn(job.signal)
      return { read, ...(await readToEnd(job, { ...probed, chapters: shownChapters(probed, read) })) }
    }
    const ending = (signal: AbortSignal) => readToEnd({ ...job, signal }, probed)
    const [read, found] = await sideBySide(job.signal, readOwn, ending)
    return { read, ...found }
  }
  const coverOf = createCoverOf(pictures)
  const examine = async (job: ExamineJob): Promise<Findings> => {
    const stated = await probe(job.path, job.signal)
    const { reading, warnings: ofReading } = await readingOf(job.path, stated)
    const probed = { ...stated, warnings: [...stated.warnings, ...ofReading] }
    const toRead = { ...job, reading }
    const { read, media, source } = await readBoth(toRead, probed).catch((error: unknown) =>
      lookCloser(error, toRead, probed),
    )
    const { picture, warnings } = await coverOf(job, media, read?.pictures ?? [])
    const tags = boundedTags(sourceTags(media.container, media.tags, read?.tags ?? []))
    return {
      purpose: 'SOURCE',
      media: {
        ...media,
        tags,
        picture: picture === null || job.upload.coverFrameMs !== null ? media.picture : shownOf(picture),
        warnings: [...media.warnings, ...warnings],
      },
      source,
      picture,
    }
  }
  return async (job) => {
    try {
      return await examine(job)
    } catch (error) {
      throw await explainRefusal(error, job.path, job.signal)
    }
  }
}

/** ffprobe may not have seen it, or another one. */
const shownOf = ({ path: _path, sizeBytes: _sizeBytes, ...shown }: PictureFile) => shown

/** Of a file that is to be the cover of MP3s: whether it is a picture to its end. */
export function createExamineCover(pictures: Pick<Pictures, 'asCover'>): Examine {
  return async (job) => {
    const picture = await pictures.asCover(job)
    if (picture === null) throw new DomainError('NOT_A_PICTURE')
    return { purpose: 'COVER', picture }
  }
}
