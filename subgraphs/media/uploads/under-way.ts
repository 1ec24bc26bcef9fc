/** An upload is under way until it is READY or has ended: its bytes are on the disk of its replica. */
import type { UploadDocument } from '#schema/documents/upload-document.ts'

export const underWayStatuses = ['UPLOADING', 'VALIDATING'] as const

export const isUnderWay = ({ status }: Pick<UploadDocument, 'status'>): boolean =>
  underWayStatuses.some((underWay) => underWay === status)
