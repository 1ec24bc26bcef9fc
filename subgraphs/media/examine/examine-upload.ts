/** What is found out about a received file before anything of it is kept. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import type { PictureFile } from './measure-picture.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface ExamineJob {
  readonly upload: Pick<UploadDocument, 'sizeBytes' | 'coverFrameMs'>
  /** Of the received file. */
  readonly path: string
  /** For what is made of it; the caller removes it. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: Logger
}

/** Null for what the upload has none of. */
export interface Findings {
  readonly media: SourceMedia | null
  readonly source: (NonNullable<UploadDocument['stored']> & { readonly path: string }) | null
  readonly picture: PictureFile | null
}

/** @throws DomainError saying why the upload is refused. */
export type Examine = (job: ExamineJob) => Promise<Findings>
