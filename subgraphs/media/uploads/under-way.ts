/** An upload is under way until it is READY or has ended: its bytes are on the disk of its replica. */
import type { UploadDocument, UploadIn } from '#schema/documents/upload-document.ts'

export const underWayStatuses = ['UPLOADING', 'VALIDATING'] as const

export type UploadUnderWay = UploadIn<(typeof underWayStatuses)[number]>

export const isUnderWay = (upload: UploadDocument): upload is UploadUnderWay =>
  underWayStatuses.some((underWay) => underWay === upload.status)
