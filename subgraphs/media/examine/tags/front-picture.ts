/** Which of a file's pictures is its front cover. */
import { pictureTypes } from '#schema/documents/source-media.ts'

export interface NamedPicture {
  /** Of ID3v2 and FLAC; null where the container has none. */
  readonly type: number | null
  /** Of Matroska's attachments. */
  readonly filename: string | null
}

/** ffprobe's words for picture types (libavformat/id3v2.c, ff_id3v2_picture_types), the first of which is for 0. */
const typeWords = [
  ...[
    'Other',
    "32x32 pixels 'file icon'",
    'Other file icon',
    'Cover (front)',
    'Cover (back)',
    'Leaflet page',
  ],
  ...['Media (e.g. label side of CD)', 'Lead artist/lead performer/soloist', 'Artist/performer', 'Conductor'],
  ...['Band/Orchestra', 'Composer', 'Lyricist/text writer', 'Recording Location', 'During recording'],
  ...['During performance', 'Movie/video screen capture', 'A bright coloured fish', 'Illustration'],
  ...['Band/artist logotype', 'Publisher/Studio logotype'],
]

export function pictureTypeOf(words: string | undefined): number | null {
  const type = typeWords.indexOf(words ?? '')
  return type === -1 ? null : type
}

/**
 * The less the better. In Matroska `cover` is the front, `cover_land` the same for wide screens, and `small_` ones are
 * for lists (Matroska, Attachments, Cover Art).
 */
function rank({ type, filename }: NamedPicture): number {
  const name = filename?.toLowerCase().replace(/\.\w+$/, '') ?? ''
  if (type === pictureTypes.frontCover || name === 'cover') return 0
  if (name === 'cover_land') return 1
  if (type === pictureTypes.fileIcon || type === pictureTypes.otherFileIcon) return 5
  if (name === 'small_cover' || name === 'small_cover_land') return 4
  return type === null || type === pictureTypes.other ? 2 : 3
}

/** The first of the best ones. */
export const frontPicture = <T extends NamedPicture>(pictures: readonly T[]): T | undefined =>
  pictures.toSorted((one, other) => rank(one) - rank(other))[0]
