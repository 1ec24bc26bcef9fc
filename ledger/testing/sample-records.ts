/** Conversions for tests, made by the ledger's own transitions so that they are ones that can exist. */
import type { ConversionRecord, QueuedConversion } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import { storedOutputSchema } from '#schema/documents/output-options.ts'
import type { NewConversion } from '#ledger/ledger.ts'
import { transition, type Command } from '#ledger/transition.ts'

export const newConversion: NewConversion = {
  _id: 'conversion-1',
  ownerId: 'user-1',
  source: {
    uploadId: 'upload-1',
    blobId: 'upload-1.2',
    filename: 'talk.mp4',
    sizeBytes: 1_000_000,
    reading: 'USUAL',
    durationMs: 60_000,
    track: {
      index: 0,
      codec: 'aac',
      isDecodable: true,
      language: null,
      channels: 2,
      channelLayout: 'stereo',
      sampleRateHz: 44_100,
      bitrateKbps: 128,
      title: null,
      purpose: 'MAIN',
      isDefault: true,
      isOriginal: false,
      isDub: false,
      side: null,
      isEmpty: false,
      durationMs: 60_000,
      startMs: 0,
      timeline: null,
    },
    joined: null,
    chapters: [],
    tags: [],
    cover: null,
  },
  output: storedOutputSchema.parse({ bitrateKbps: 192, passthrough: false }),
  warnings: [],
  inputDigest: 'digest',
  retryOf: null,
  toBeMailed: true,
}

export const mp3: Mp3Document = {
  id: 'conversion-1.1',
  blobId: 'conversion-1.1',
  filename: 'talk.mp3',
  sizeBytes: 1_440_000,
  durationMs: 60_000,
  sampleCount: 2_646_000,
  sampleRateHz: 44_100,
  channels: 2,
  bitrateMode: 'CBR',
  bitrateKbps: 192,
  sha256: 'a'.repeat(64),
  encoding: { path: 'SINGLE', identicalToSingleEncoder: true },
  passthrough: false,
  chapter: null,
  loudness: null,
}

export const corrupt = { code: 'CORRUPT_FILE', message: 'The file is damaged.', retryable: false } as const
export const passing = {
  code: 'CONVERTER_FAILED',
  message: 'Our converter failed.',
  retryable: true,
} as const

export const startedAt = new Date('2026-01-01T00:00:00Z')

export const queuedConversion: QueuedConversion = {
  ...newConversion,
  turn: 0,
  revision: 1,
  status: 'QUEUED',
  attempt: 0,
  crashes: 0,
  failures: 0,
  retryDelayMs: 0,
  lease: null,
  progress: null,
  events: [{ sequence: 1, type: 'ENQUEUED', status: 'QUEUED', at: startedAt, writeId: 'write-1' }],
  announce: 'pending',
  owes: [],
  requestId: 'request-1',
  traceparent: null,
  mp3s: [],
  failure: null,
  linkGeneration: 0,
  linksGiven: false,
  createdAt: startedAt,
  startedAt: null,
  finishedAt: null,
}

/** Applies commands in turn. @throws Error when one is refused. */
export function after(record: ConversionRecord, ...commands: Command[]): ConversionRecord {
  return commands.reduce((current, command) => {
    const writeId = `write-${current.revision + 1}`
    const outcome = transition(current, command, { at: startedAt, writeId })
    if (!outcome.ok) throw new Error(`${command.type} was refused: ${outcome.refusal}`)
    return outcome.record
  }, record)
}

export const claim = (attempt: number, leaseId = `lease-${attempt + 1}`): Command => ({
  type: 'claim',
  attempt,
  leaseId,
  workerId: 'worker-1',
})

const success: Command = { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] }

const commandsTo: Readonly<Record<ConversionRecord['status'], readonly Command[]>> = {
  QUEUED: [],
  RUNNING: [claim(0)],
  SUCCEEDED: [claim(0), success],
  FAILED: [claim(0), { type: 'fail', leaseId: 'lease-1', failure: corrupt }],
  CANCELLED: [{ type: 'cancel' }],
  DELETED: [claim(0), success, { type: 'delete' }],
}

/** A conversion in a state, of one that was `queuedConversion` but for the given. */
export function conversionIn<S extends ConversionRecord['status']>(
  status: S,
  changes: Partial<QueuedConversion> = {},
): Extract<ConversionRecord, { status: S }> {
  const record = after({ ...queuedConversion, ...changes }, ...commandsTo[status])
  return record as Extract<ConversionRecord, { status: S }>
}
