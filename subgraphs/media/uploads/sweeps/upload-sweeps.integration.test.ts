import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { after, afterEach, before, describe, it } from 'node:test'
import type { ConversionRecord, QueuedConversion } from '#schema/documents/conversion-document.ts'
import { conversionIn, newConversion } from '#ledger/testing/sample-records.ts'
import { isUnderWay } from '#media/uploads/under-way.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createUploadRelease } from './release-uploads.ts'
import {
  createUploadRig,
  newUpload,
  readyCover,
  readySource,
  type UploadRig,
} from '#media/testing/upload-rig.ts'

const day = 24

describe('the sweep over uploads', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  afterEach(() => rig.conversions.clear())
  after(() => rig[Symbol.asyncDispose]())

  const statusOf = async (id: string) => (await rig.uploadStore.read(id))?.status
  const isOpen = async (blobId: string) =>
    (await Array.fromAsync(rig.intents.open())).some(({ _id }) => _id === blobId)
  /** A READY upload that a conversion in the given state has pinned. */
  async function pinned(make: (of: Partial<QueuedConversion>) => ConversionRecord) {
    const owner = randomUUID()
    const { _id } = await rig.ready(owner)
    const conversionId = randomUUID()
    const upload = await rig.uploads.pin(_id, owner, conversionId, 'SOURCE')
    const source = { ...newConversion.source, uploadId: _id }
    rig.conversions.set(conversionId, make({ _id: conversionId, source }))
    return { ...upload, owner, conversionId }
  }
  const succeeded = (of: Partial<QueuedConversion>) => conversionIn('SUCCEEDED', of)
  const failed = (of: Partial<QueuedConversion>) => ({ ...conversionIn('FAILED', of), finishedAt: rig.now() })
  const cancelled = (of: Partial<QueuedConversion>) => conversionIn('CANCELLED', of)

  it('ends what was never finished, and removes its bytes', async () => {
    const { _id, secretHash } = await rig.uploads.create(sampleAccount(randomUUID()), newUpload)
    await writeFile(rig.files.pathOf(secretHash), 'some bytes')
    rig.pass(23)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'UPLOADING')
    rig.pass(1)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
    assert.equal(await rig.files.sizeOf(secretHash), null)
  })

  it('ends what a replica that never came back was receiving or validating', async () => {
    for (const status of ['UPLOADING', 'VALIDATING'] as const) {
      const { _id } = await rig.uploads.create(sampleAccount(randomUUID()), newUpload)
      await rig.turn(_id, (upload) => (isUnderWay(upload) ? { ...upload, replica: 7, status } : upload))
      await rig.sweep()
      assert.equal(await statusOf(_id), status)
      rig.pass(24)
      await rig.sweep()
      assert.equal(await statusOf(_id), 'EXPIRED')
    }
  })

  it('keeps what it can of a sweep in which a conversion cannot be read', async () => {
    const unreadable = await pinned(succeeded)
    const { _id } = await pinned(succeeded)
    rig.unreadable.add(unreadable.conversionId)
    await assert.rejects(rig.sweep(), /unreadable/)
    rig.unreadable.clear()
    assert.equal(await statusOf(_id), 'EXPIRED')
    assert.equal(await statusOf(unreadable._id), 'READY')
  })

  it('ends what nobody converted, and gives its source to the collector', async () => {
    const { _id, blobId } = await rig.ready(randomUUID())
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
    assert.equal(await isOpen(blobId), false)
    rig.pass(day)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
    assert.equal(await isOpen(blobId), true)
  })

  it('ends a picture with its source', async () => {
    const owner = randomUUID()
    const { _id, blobId: sourceId } = await rig.ready(owner)
    const blobId = `${_id}.picture`
    await rig.intents.record(blobId, { kind: 'upload', uploadId: _id })
    await rig.intents.keep(blobId)
    const picture = {
      mimeType: 'image/png',
      type: 3,
      convertedFrom: null,
      widthPx: 1,
      heightPx: 1,
      sizeBytes: 1,
      blobId,
    } as const
    await rig.turn(_id, (upload) => ({ ...readySource(upload, sourceId), picture }))
    await rig.sweep()
    assert.equal(await isOpen(blobId), false)
    rig.pass(day)
    await rig.sweep()
    assert.equal(await isOpen(blobId), true)
  })

  it('keeps the source of a conversion that waits, however long', async () => {
    const { _id } = await pinned((of) => conversionIn('QUEUED', of))
    rig.pass(100 * day)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
  })

  it('lets the source go when its conversion succeeded', async () => {
    const { _id, blobId } = await pinned(succeeded)
    await rig.release.release(_id)
    assert.equal(await statusOf(_id), 'EXPIRED')
    assert.equal(await isOpen(blobId), true)
  })

  it('lets the source go later when the collector could not be told at once', async (t) => {
    const { _id, blobId } = await pinned(succeeded)
    const reopen = t.mock.method(rig.intents, 'reopen', () => Promise.reject(new Error('no database')))
    await assert.rejects(rig.release.release(_id), /no database/)
    reopen.mock.restore()
    assert.equal(await statusOf(_id), 'EXPIRED')
    assert.equal(await isOpen(blobId), false)
    await rig.sweep()
    assert.equal(await isOpen(blobId), true)
    await rig.intents.keep(blobId)
    await rig.sweep()
    assert.equal(await isOpen(blobId), false, 'it is told once')
  })

  it('keeps the cover of a conversion that waits, and of one that is over for as long as any upload', async () => {
    const owner = randomUUID()
    const { _id } = await rig.validating(owner)
    const picture = {
      blobId: 'p',
      mimeType: 'image/png',
      type: 3,
      convertedFrom: null,
      sizeBytes: 1,
      widthPx: 1,
      heightPx: 1,
    } as const
    await rig.turn(_id, (upload) => readyCover(upload, picture))
    const conversionId = randomUUID()
    await rig.uploads.pin(_id, owner, conversionId, 'COVER')
    const output = { ...newConversion.output, cover: { from: 'UPLOAD', uploadId: _id, picture } } as const
    const waiting = conversionIn('QUEUED', { _id: conversionId, output })
    rig.conversions.set(conversionId, waiting)
    rig.pass(23)
    await rig.sweep()
    assert.deepEqual((await rig.uploadStore.read(_id))?.pins, [conversionId])
    rig.conversions.set(conversionId, succeeded(waiting))
    await rig.sweep()
    assert.deepEqual([await statusOf(_id), (await rig.uploadStore.read(_id))?.pins], ['READY', []])
    rig.pass(1)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
  })

  it('keeps the source of two conversions until both are over', async () => {
    const { _id, owner } = await pinned(succeeded)
    const other = randomUUID()
    await rig.uploads.pin(_id, owner, other, 'SOURCE')
    const source = { ...newConversion.source, uploadId: _id }
    const waiting = conversionIn('QUEUED', { _id: other, source })
    rig.conversions.set(other, waiting)
    await rig.release.release(_id)
    assert.deepEqual((await rig.uploadStore.read(_id))?.pins, [other])
    rig.conversions.set(other, succeeded(waiting))
    await rig.release.release(_id)
    assert.equal(await statusOf(_id), 'EXPIRED')
  })

  it('keeps the source of a failed conversion for 7 days', async () => {
    const { _id } = await pinned(failed)
    await rig.release.release(_id)
    rig.pass(7 * day - 1)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
    rig.pass(1)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
  })

  it('keeps the source of a cancelled conversion for its own lifetime', async () => {
    const { _id, owner } = await pinned(cancelled)
    await rig.release.release(_id)
    assert.equal(await statusOf(_id), 'READY')
    assert.deepEqual((await rig.uploads.pin(_id, owner, 'another try', 'SOURCE')).pins, ['another try'])
    const source = { ...newConversion.source, uploadId: _id }
    rig.conversions.set('another try', cancelled({ source }))
    rig.pass(day)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
  })

  it('does not take a pin away between the pinning and the insertion', async () => {
    const { _id, owner } = await pinned(succeeded)
    const starting = randomUUID()
    await rig.uploads.pin(_id, owner, starting, 'SOURCE')
    await rig.sweep()
    // Now the other conversion's end is told, still before the new one is inserted.
    await rig.release.release(_id)
    const upload = (await rig.uploadStore.read(_id))!
    assert.deepEqual([upload.status, upload.pins], ['READY', [starting]])
  })

  it('takes a pin away whose conversion was never inserted', async () => {
    const owner = randomUUID()
    const { _id } = await rig.ready(owner)
    await rig.uploads.pin(_id, owner, 'nothing came of it', 'SOURCE')
    rig.pass(day)
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
    await rig.sweep()
    assert.equal(await statusOf(_id), 'EXPIRED')
  })

  it('leaves a pin that a repeated request has made again since, whose conversion comes only now', async () => {
    const owner = randomUUID()
    const { _id } = await rig.ready(owner)
    const pin = () => rig.uploads.pin(_id, owner, 'the request is repeated', 'SOURCE')
    await pin()
    rig.pass(day)
    await rig.sweep()
    await pin()
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
    // And again, while the sweep that would take it away is at it.
    const readConversion = async () => {
      await pin()
      return null
    }
    const { uploadStore, log, now } = rig
    const handOverBlobs = () => Promise.reject(new Error('it is needed'))
    const release = createUploadRelease({ uploadStore, readConversion, handOverBlobs, log, now })
    for (let times = 0; times < 3; times++) await release.sweep(new AbortController().signal)
    assert.equal(await statusOf(_id), 'READY')
  })

  it('leaves a pin although one of its name was seen without a conversion on another upload', async () => {
    const owner = randomUUID()
    const first = await rig.ready(owner)
    const second = await rig.ready(owner, { ...newUpload, idempotencyKey: 'second' })
    await rig.uploads.pin(first._id, owner, 'it failed here', 'SOURCE')
    await rig.sweep()
    await rig.uploads.pin(second._id, owner, 'it failed here', 'SOURCE')
    rig.pass(day)
    await rig.sweep()
    assert.equal(await statusOf(second._id), 'READY')
  })

  it('is not moved by the end of a conversion of another upload under the same pin', async () => {
    const owner = randomUUID()
    const { _id } = await rig.ready(owner)
    const { conversionId } = await pinned(succeeded)
    await rig.uploads.pin(_id, owner, conversionId, 'SOURCE')
    await rig.sweep()
    assert.equal(await statusOf(_id), 'READY')
  })

  it('removes the files of uploads that are over or unknown, as a crash leaves them', async () => {
    const owner = randomUUID()
    const over = await rig.ready(owner)
    const receiving = await rig.uploads.create(sampleAccount(owner), {
      ...newUpload,
      idempotencyKey: 'receiving',
    })
    const validating = await rig.validating(owner, { ...newUpload, idempotencyKey: 'validating' })
    for (const secretHash of [over.secretHash, 'f'.repeat(64)]) await rig.files.create(secretHash)
    await rig.sweep()
    assert.equal(await rig.files.sizeOf(over.secretHash), null)
    assert.equal(await rig.files.sizeOf('f'.repeat(64)), null)
    assert.equal(await rig.files.sizeOf(receiving.secretHash), 0)
    assert.equal(await rig.files.sizeOf(validating.secretHash), validating.sizeBytes)
  })

  it('forgets an upload 30 days after its end, and tells the collector once more', async () => {
    const { _id, blobId } = await pinned(succeeded)
    await rig.release.release(_id)
    await rig.intents.keep(blobId)
    rig.pass(31 * day)
    await rig.sweep()
    assert.equal(await rig.uploadStore.read(_id), null)
    assert.equal(await isOpen(blobId), true)
  })
})
