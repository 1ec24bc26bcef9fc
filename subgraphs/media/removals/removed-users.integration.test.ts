import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger, type Ledger } from '#ledger/ledger.ts'
import { claim, corrupt, mp3 } from '#ledger/testing/sample-records.ts'
import { createAllowConversion } from '#media/conversions/allow-conversion.ts'
import { createConversions, type Conversions } from '#media/conversions/conversions.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createUploadRig, newUpload, type UploadRig } from '#media/testing/upload-rig.ts'
import { createEndUploadsOf } from '#media/uploads/end-uploads-of.ts'
import { createHandOverBlobs } from '#media/uploads/sweeps/hand-over-blobs.ts'
import { createForgetUser } from './forget-user.ts'
import { createRemovedUserStore } from './removed-user-store.ts'
import { createRemovedUsers } from './removed-users.ts'

const { signal } = new AbortController()

describe('what a removed user had', () => {
  let rig: UploadRig
  let ledger: Ledger
  let conversions: Conversions
  let owner: string
  before(async () => {
    rig = await createUploadRig()
    const store = createMongoConversionStore(rig.database, rig.log)
    await store.prepare()
    ledger = createLedger({ store, announce: () => undefined })
    const allowConversion = createAllowConversion({ ledger, ...rig })
    conversions = createConversions({ ledger, uploads: rig.uploads, intents: rig.intents, allowConversion })
  })
  after(() => rig[Symbol.asyncDispose]())
  beforeEach(() => void (owner = randomUUID()))

  /** Each call that changes something is told to `onCall`, which may throw. */
  const parts = (onCall: () => void = () => undefined) => {
    const guarded =
      <A extends unknown[], R>(act: (...given: A) => Promise<R>) =>
      async (...given: A) => {
        onCall()
        return await act(...given)
      }
    const uploadStore = {
      ...rig.uploadStore,
      change: guarded(rig.uploadStore.change),
    }
    const handOverBlobs = guarded(createHandOverBlobs({ uploadStore: rig.uploadStore, intents: rig.intents }))
    const endUploadsOf = createEndUploadsOf({
      uploadStore,
      files: { remove: guarded(rig.files.remove) },
      handOverBlobs,
    })
    const forgetUser = createForgetUser({
      ledger,
      conversions: { delete: guarded(conversions.delete) },
      endUploadsOf,
      log: rig.log,
    })
    const store = createRemovedUserStore(rig.database, rig.log)
    return createRemovedUsers({ store, forgetUser, now: rig.now })
  }

  /** Uploads and conversions in each state that there is. */
  const settle = async (userId: string) => {
    const key = () => ({ ...newUpload, idempotencyKey: randomUUID() })
    await rig.uploads.create(sampleAccount(userId), key())
    await rig.validating(userId, key())
    const { _id: uploadId } = await rig.ready(userId, key())
    const start = async () =>
      (await conversions.start(sampleAccount(userId), { uploadId, idempotencyKey: randomUUID() }))._id
    const [, running, succeeded, failed, cancelled] = await Promise.all(Array.from({ length: 5 }, start))
    for (const id of [running!, succeeded!, failed!]) await ledger.apply(id, claim(0))
    const output = { ...mp3, id: `${succeeded}.1`, blobId: `${succeeded}.1` }
    await rig.intents.record(output.blobId, { kind: 'conversion', conversionId: succeeded!, attempt: 1 })
    await rig.intents.keep(output.blobId)
    await ledger.apply(succeeded!, { type: 'succeed', leaseId: 'lease-1', mp3s: [output], warnings: [] })
    await ledger.apply(failed!, { type: 'fail', leaseId: 'lease-1', failure: corrupt })
    await ledger.apply(cancelled!, { type: 'cancel' })
  }
  const countByStatus = async (collection: string, ownerId: string) => {
    const found = await rig.database
      .collection<UploadDocument | ConversionRecord>(collection)
      .find({ ownerId })
      .toArray()
    return Object.fromEntries(
      Map.groupBy(found, ({ status }) => status)
        .entries()
        .map(([status, { length }]) => [status, length]),
    )
  }
  /** By what their ids begin with: those of uploads and conversions that the owner has. */
  const keptBlobsOf = async (ownerId: string) => {
    const ids = await Promise.all(
      ['uploads', 'conversions'].map((name) => rig.database.collection(name).distinct('_id', { ownerId })),
    )
    const kept = await rig.database.collection<{ _id: string }>('blobs').find({ state: 'kept' }).toArray()
    return kept.filter(({ _id }) => ids.flat().some((id) => _id.startsWith(`${String(id)}.`))).length
  }
  const assertGone = async (ownerId: string) => {
    assert.deepEqual(await countByStatus('conversions', ownerId), { DELETED: 5 })
    assert.deepEqual(await countByStatus('uploads', ownerId), { EXPIRED: 3 })
    assert.equal(await keptBlobsOf(ownerId), 0)
  }
  const remembered = (id: string) =>
    rig.database.collection<{ _id: string }>('removedUsers').countDocuments({ _id: id })
  const removed = () => ({ type: 'removed', userId: owner }) as const

  it('is ended whatever it is at and hands its blobs over; what is somebody else’s stays, and twice is once', async () => {
    const bystander = randomUUID()
    for (const userId of [owner, bystander]) await settle(userId)
    const theirs = await Promise.all(['uploads', 'conversions'].map((name) => countByStatus(name, bystander)))
    assert.equal(await keptBlobsOf(owner), 2)
    await Promise.all([parts().hear(removed(), signal), parts().hear(removed(), signal)])
    await assertGone(owner)
    await parts().hear(removed(), signal)
    await assertGone(owner)
    const files = await rig.files.list()
    const uploads = await rig.database
      .collection<UploadDocument>('uploads')
      .find({ ownerId: owner })
      .toArray()
    assert.ok(uploads.every(({ secretHash }) => !files.includes(secretHash)))
    const now = await Promise.all(['uploads', 'conversions'].map((name) => countByStatus(name, bystander)))
    assert.deepEqual(now, theirs)
    assert.equal(await keptBlobsOf(bystander), 2)
  })

  it('is ended by the next telling, wherever the one before broke off, and goes on past what fails', async () => {
    let calls = 0
    await settle(owner)
    await parts(() => void (calls += 1)).hear(removed(), signal)
    await assertGone(owner)
    assert.ok(calls >= 5 + 3 * 3, `${calls} calls`)
    for (let broken = 1; broken <= calls; broken++) {
      owner = randomUUID()
      await settle(owner)
      let left = broken
      const failing = parts(() => {
        left -= 1
        if (left === 0) throw new Error('the database is away')
      })
      await assert.rejects(failing.hear(removed(), signal), /is away/)
      // What was ended, but not handed over, is the sweeps' of ended uploads.
      await parts().hear(removed(), signal)
      await rig.sweep()
      await assertGone(owner)
    }
  })

  it('is looked for again for a while, as a token may outlive its account, and then no more', async () => {
    const { hear, sweep } = parts()
    await hear(removed(), signal)
    await settle(owner)
    await sweep(signal)
    await assertGone(owner)
    assert.equal(await remembered(owner), 1)
    rig.pass(1)
    const late = await rig.uploads.create(sampleAccount(owner), { ...newUpload, idempotencyKey: 'late' })
    await sweep(signal)
    assert.equal((await rig.uploadStore.read(late._id))?.status, 'EXPIRED')
    assert.equal(await remembered(owner), 0)
  })

  it('is left to the next start by a process that ends', async () => {
    await settle(owner)
    const ending = AbortSignal.abort(new Error('the process is stopping'))
    await assert.rejects(parts().hear(removed(), ending), /is stopping/)
    assert.equal(await remembered(owner), 1)
    await parts().sweep(signal)
    await assertGone(owner)
  })
})
