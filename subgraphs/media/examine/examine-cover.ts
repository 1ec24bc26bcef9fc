/** Examines a file that is to be the cover of MP3s. */
import { DomainError } from '#runtime/domain-error.ts'
import { measurePicture } from './measure-picture.ts'
import type { Pictures } from './pictures.ts'
import type { Examine } from './examine-upload.ts'

export function createExamineCover(pictures: Pick<Pictures, 'isWhole'>): Examine {
  return async ({ path, signal }) => {
    const picture = await measurePicture(path)
    // A header is quickly forged: what cannot be decoded here would not be shown elsewhere, or worse.
    if (picture === null || !(await pictures.isWhole(picture, signal))) throw new DomainError('NOT_A_PICTURE')
    return { media: null, source: null, picture }
  }
}
