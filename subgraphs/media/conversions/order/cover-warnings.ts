/** What is odd about the cover of an order. */
import type { OutputOptions } from '#schema/documents/output-options.ts'
import type { ReadyUpload, StoredPicture } from '#schema/documents/upload-document.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import { timeWords } from '#runtime/timeline/time-words.ts'

type Upload = Pick<ReadyUpload<'SOURCE'>, 'coverFrameMs' | 'picture'>

/** @param cover That the MP3 gets. */
export function coverWarnings(
  { from }: OutputOptions['cover'],
  { coverFrameMs, picture }: Upload,
  cover: StoredPicture | null,
): Warning[] {
  const warnings: Warning[] = []
  if (coverFrameMs !== null && picture === null && from === 'SOURCE') {
    const message = `No frame could be taken at ${timeWords(coverFrameMs)}: there is no video we decode.`
    warnings.push(warning('COVER_MISSING', message))
  }
  if (cover !== null && cover.convertedFrom !== null) {
    const { convertedFrom, widthPx, heightPx } = cover
    const message = `The cover was ${convertedFrom}, which not every player shows: it is now a JPEG of ${widthPx} by ${heightPx} pixels.`
    warnings.push(warning('COVER_CHANGED', message))
  }
  return warnings
}

/** What is said of the source's own cover matters to an order that takes it. */
export const concernsCover = ({ from }: OutputOptions['cover'], { code }: Warning): boolean =>
  code !== 'COVER_MISSING' || from === 'SOURCE'
