/** Settled conversions for tests. */
import type { ConversionDocument, ConversionTombstone } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'

export function succeededConversion(id: string, ownerId: string): ConversionDocument {
  const at = new Date('2026-01-01T00:00:00Z')
  return {
    _id: id,
    revision: 3,
    ownerId,
    status: 'SUCCEEDED',
    attempt: 1,
    crashes: 0,
    failures: 0,
    retryDelayMs: 0,
    lease: null,
    progress: null,
    events: [{ sequence: 3, type: 'SUCCEEDED', status: 'SUCCEEDED', at, writeId: 'write-3' }],
    announce: 'done',
    mail: 'owed',
    source: {
      uploadId: 'upload-1',
      blobId: 'blob-1',
      filename: 'talk.mp4',
      sizeBytes: 10_000_000,
      track: {
        index: 0,
        codec: 'aac',
        language: null,
        channels: 2,
        sampleRateHz: 48_000,
        bitrateKbps: 128,
        title: null,
        durationMs: 192_000,
        startMs: 0,
      },
      durationMs: 192_000,
      chapters: [],
      tags: [],
      picture: null,
    },
    output: outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 192 }),
    warnings: [],
    inputDigest: 'digest',
    requestId: null,
    mp3s: [
      {
        id: `${id}-mp3`,
        blobId: `${id}.1`,
        filename: 'talk.mp3',
        sizeBytes: 4_608_000,
        durationMs: 192_000,
        sampleCount: 9_216_000,
        sampleRateHz: 48_000,
        channels: 2,
        bitrateMode: 'CBR',
        bitrateKbps: 192,
        sha256: 'a'.repeat(64),
        encoding: { path: 'SINGLE', identicalToSingleEncoder: true },
        passthrough: false,
        chapter: null,
        loudness: null,
      },
    ],
    failure: null,
    retryOf: null,
    linkGeneration: 0,
    createdAt: at,
    startedAt: at,
    finishedAt: at,
  }
}

export function failedConversion(id: string, ownerId: string): ConversionDocument {
  return {
    ...succeededConversion(id, ownerId),
    status: 'FAILED',
    mp3s: [],
    failure: { code: 'CORRUPT_FILE', message: 'The file is damaged or cut short.', retryable: false },
  }
}

export function deletedConversion(id: string, ownerId: string): ConversionTombstone {
  return {
    _id: id,
    revision: 4,
    ownerId,
    status: 'DELETED',
    lastStatus: 'SUCCEEDED',
    announce: 'pending',
    uploadId: 'upload-1',
    blobIds: [],
    writeId: 'write-4',
    deletedAt: new Date('2026-01-02T00:00:00Z'),
  }
}
