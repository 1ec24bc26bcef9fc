/** Starts the removal of bytes that nobody relies on: an upload's by what its document says, an MP3's by its conversion's. */
import type { BlobDocument } from '#schema/documents/blob-document.ts'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { fateOfOutput } from '#ledger/output-fate.ts'
import { createCollectorSweep, type Fate } from '#runtime/blobs/collector.ts'
import { repeat } from '#runtime/process/repeat.ts'
import type { MediaScope } from '#media/media-settings.ts'
import { fateOfUploadBlob } from '#media/uploads/upload-blobs.ts'
import type { Blobs } from './start-blobs.ts'

export interface BlobOwners {
  readonly readUpload: (id: string) => Promise<UploadDocument | null>
  readonly readConversion: (id: string) => Promise<ConversionRecord | null>
}

export function startCollector(
  { settings: { SWEEP_EVERY_MS: everyMs }, log, resources }: MediaScope,
  stored: Blobs,
  { readUpload, readConversion }: BlobOwners,
): void {
  const fateOf = async ({ _id, owner }: BlobDocument): Promise<Fate> => {
    switch (owner.kind) {
      case 'upload':
        return fateOfUploadBlob(await readUpload(owner.uploadId), _id)
      case 'conversion':
        return fateOfOutput(await readConversion(owner.conversionId), _id, owner.attempt)
    }
  }
  const collect = createCollectorSweep({ ...stored, fateOf, log })
  resources.use(repeat(collect, { name: 'collect blobs', everyMs, log }))
}
