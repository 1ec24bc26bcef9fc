/** The cover for a source's MP3s: the frame that was asked for, or the front one of the pictures in it. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import { frontPicture } from '#media/examine/tags/front-picture.ts'
import type { ReadTags } from '#media/examine/tags/read-tags.ts'
import type { PictureFile } from './measure-picture.ts'
import type { PictureJob, Pictures } from './pictures.ts'

interface CoverJob extends PictureJob {
  readonly upload: Pick<UploadDocument, 'coverFrameMs'>
}

interface Cover {
  readonly picture: PictureFile | null
  readonly warnings: readonly Warning[]
}

export type CoverOf = (job: CoverJob, media: SourceMedia, read: ReadTags['pictures']) => Promise<Cover>

/** Where a picture was read one by one, ffprobe may not have seen it, or not which of several it is. */
export function createCoverOf(pictures: Pictures): CoverOf {
  const inFile = async (job: CoverJob, media: SourceMedia, read: ReadTags['pictures']) => {
    const front = frontPicture(read)
    if (front !== undefined) {
      const picture = await pictures.asCover({ ...job, path: front.path })
      return picture && { ...picture, type: front.type ?? picture.type }
    }
    if (media.pictureStream === null) return null
    const path = await pictures.attached(job, media.pictureStream)
    const picture = path && (await pictures.asCover({ ...job, path }))
    return picture ? { ...picture, type: media.picture?.type ?? picture.type } : null
  }
  return async (job, media, read) => {
    const { coverFrameMs } = job.upload
    const frame =
      coverFrameMs === null ? null : await pictures.frame(job, Math.min(coverFrameMs, media.durationMs))
    if (frame !== null) return { picture: frame, warnings: [] }
    const picture = await inFile(job, media, read)
    const isLost = picture === null && (read.length > 0 || media.pictureStream !== null)
    return { picture, warnings: isLost ? [lostPicture] : [] }
  }
}

const lostPicture = warning(
  'COVER_MISSING',
  'The picture in the file is damaged, too large, or of a kind that we do not decode: the MP3 has no cover.',
)
