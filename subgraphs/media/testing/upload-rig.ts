/** The upload parts of media over a real database and disk, with a clock and conversions that are what the test says. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { pino } from 'pino'
import * as z from 'zod'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { ReadyUpload, StoredPicture, UploadDocument } from '#schema/documents/upload-document.ts'
import { createBlobIntents } from '#runtime/blobs/blob-intents.ts'
import { createDiskSpace } from '#runtime/disk-space.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { become } from '#runtime/mongo/change-document.ts'
import { sweepOver } from '#runtime/process/sweep-over.ts'
import { createDailyUsage } from '#media/quotas/daily-usage.ts'
import { quotaSettings } from '#media/quotas/quota-settings.ts'
import { createUsageStore } from '#media/quotas/usage-store.ts'
import { createAllowUpload } from '#media/uploads/allow-upload.ts'
import { liftedMediaLimits } from '#test/harness/lifted-limits.ts'
import { sampleAccount } from './sample-account.ts'
import { createReceivedFiles } from '#media/uploads/received-files.ts'
import { createUploadSecrets } from '#media/uploads/upload-secret.ts'
import { createUploadStore } from '#media/uploads/upload-store.ts'
import { createHandOverBlobs } from '#media/uploads/sweeps/hand-over-blobs.ts'
import { createUploadRelease } from '#media/uploads/sweeps/release-uploads.ts'
import { createUploadSweeps } from '#media/uploads/sweeps/upload-sweeps.ts'
import { createUploads } from '#media/uploads/uploads.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'

const hourMs = 3_600_000
const { signal } = new AbortController()

export const sampleMedia: SourceMedia = {
  durationMs: 60_000,
  container: 'mov,mp4,m4a,3gp,3g2,mj2',
  audioTracks: [newConversion.source.track],
  chapters: [],
  tags: [],
  warnings: [],
  picture: null,
  pictureStream: null,
}

export const newUpload = { filename: 'talk.mp4', sizeBytes: 1_000, idempotencyKey: 'key' }

/** An upload as it is once its source is stored under the id. */
export const readySource = (upload: UploadDocument, blobId: string): ReadyUpload<'SOURCE'> => ({
  ...upload,
  status: 'READY',
  purpose: 'SOURCE',
  verifiedBy: ['SIZE'],
  media: sampleMedia,
  failure: null,
  blobId,
  stored: { form: 'WHOLE', sizeBytes: upload.sizeBytes, container: sampleMedia.container, reading: 'USUAL' },
  picture: null,
  blobsLetGo: false,
})

/** An upload as it is once it is stored as a cover. */
export const readyCover = (upload: UploadDocument, picture: StoredPicture): ReadyUpload<'COVER'> => ({
  ...readySource(upload, ''),
  purpose: 'COVER',
  media: null,
  blobId: null,
  stored: null,
  picture,
})

export type UploadRig = Awaited<ReturnType<typeof createUploadRig>>

export async function createUploadRig() {
  await using owned = new AsyncDisposableStack()
  const { database } = owned.use(createTestDatabase())
  const directory = owned.use(await createTemporaryDirectory()).path
  const log = pino({ level: 'silent' })
  const state = { now: new Date() }
  const now = () => state.now
  const uploadStore = createUploadStore(database, log)
  const files = createReceivedFiles(directory)
  const secrets = createUploadSecrets([randomBytes(32)], 'https://earshot.example')
  const limits = { replica: 0, maximumBytes: 5_000 }
  const disk = createDiskSpace({ directory, reserveBytes: 0 })
  const settings = z.object(quotaSettings).parse(liftedMediaLimits)
  const usageStore = createUsageStore(database, log)
  const usage = createDailyUsage({ store: usageStore, settings, now })
  const allowUpload = createAllowUpload({ uploadStore, disk, replica: 0, usage, settings, now })
  const uploads = createUploads({ uploadStore, secrets, files, allowUpload, now, ...limits })
  const intents = createBlobIntents(database, log)
  const blobs = createGridFsBlobStore(database)
  const conversions = new Map<string, ConversionRecord>()
  /** Conversions whose stored form cannot be understood. */
  const unreadable = new Set<string>()
  const readConversion = async (id: string) => {
    if (unreadable.has(id)) throw new Error(`${id} is unreadable`)
    return conversions.get(id) ?? null
  }
  const handOverBlobs = createHandOverBlobs({ uploadStore, intents })
  const release = createUploadRelease({ uploadStore, readConversion, handOverBlobs, log, now })
  const sweeps = createUploadSweeps({ uploadStore, files, intents, release, handOverBlobs, now })
  for (const part of [uploadStore, intents, blobs, usageStore]) await part.prepare()
  const rig = {
    database,
    directory,
    log,
    uploadStore,
    files,
    uploads,
    usage,
    settings,
    intents,
    blobs,
    conversions,
    unreadable,
    release,
    now,
  }
  /** An upload whose bytes are all there. */
  const validating = async (ownerId: string, input: object = newUpload) => {
    const { secretHash, sizeBytes } = await uploads.create(sampleAccount(ownerId), input)
    await writeFile(files.pathOf(secretHash), Buffer.alloc(sizeBytes, 7))
    return (await uploads.startValidating(secretHash))!
  }
  const resources = owned.move()
  /** Makes of a stored upload what the test says. */
  const turn = async <N extends UploadDocument>(id: string, into: (upload: UploadDocument) => N) => {
    const changed = await uploadStore.change(id, (upload) => become(into(upload)))
    assert.ok(changed.ok)
    return changed.record
  }
  return {
    ...rig,
    sweep: () => sweepOver(Object.values(sweeps), signal, (sweep) => sweep(signal)),
    pass: (hours: number) => void (state.now = new Date(state.now.getTime() + hours * hourMs)),
    validating,
    turn,
    expire: (id: string) =>
      turn(id, (upload) => ({ ...readySource(upload, id), pins: [], status: 'EXPIRED' })),
    /** One that can be converted, with its source in the blob store. */
    async ready(ownerId: string, input: object = newUpload) {
      const { _id, secretHash, revision } = await validating(ownerId, input)
      const blobId = `${_id}.${revision}`
      await intents.record(blobId, { kind: 'upload', uploadId: _id })
      await intents.keep(blobId)
      await files.remove(secretHash)
      return await turn(_id, (upload) => readySource(upload, blobId))
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
