import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createUploadRig, newUpload, type UploadRig } from '#media/testing/upload-rig.ts'
import { createDailyUsage } from '#media/quotas/daily-usage.ts'
import type { QuotaSettings } from '#media/quotas/quota-settings.ts'
import { createUsageStore } from '#media/quotas/usage-store.ts'
import { createAllowUpload } from './allow-upload.ts'
import { createUploads, type Uploads } from './uploads.ts'
import { createUploadSecrets } from './upload-secret.ts'

describe('uploads that are announced', () => {
  let rig: UploadRig
  let owner: string
  let passedMs = 0
  const now = () => new Date(Date.now() + passedMs)
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())
  beforeEach(async () => {
    owner = randomUUID()
    passedMs = 0
    await rig.database.collection('uploads').deleteMany({})
  })

  /** With a disk of which so many bytes are free, and received bytes take theirs. */
  function uploadsWith(limits: Partial<QuotaSettings>, freeBytes = Infinity): Uploads {
    const settings = { ...rig.settings, ...limits }
    const usage = createDailyUsage({ store: createUsageStore(rig.database, rig.log), settings })
    const disk = { hasRoomFor: async (bytes: number) => bytes <= freeBytes }
    const allowUpload = createAllowUpload({ ...rig, disk, replica: 0, usage, settings, now })
    const secrets = createUploadSecrets([Buffer.alloc(32, 1)], 'https://earshot.example')
    return createUploads({ ...rig, secrets, now, allowUpload, replica: 0, maximumBytes: 5_000 })
  }
  const announce = (uploads: Uploads, count: number, ownerId = () => owner) =>
    Promise.allSettled(
      Array.from({ length: count }, () =>
        uploads.create(sampleAccount(ownerId()), { ...newUpload, idempotencyKey: randomUUID() }),
      ),
    )
  const codesOf = (settled: readonly PromiseSettledResult<UploadDocument>[]) =>
    settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))
  const stored = () => rig.database.collection('uploads').countDocuments()

  it('are promised no more than the disk has, whoever announces them and however many at once', async () => {
    const uploads = uploadsWith({}, 3_000)
    for (let times = 0; times < 3; times++) await announce(uploads, 10, randomUUID)
    assert.ok((await stored()) <= 3)
    for (let times = 0; times < 5; times++) await announce(uploads, 1)
    assert.equal(await stored(), 3)
    assert.deepEqual(codesOf(await announce(uploads, 1)), ['STORAGE_FULL'])
  })

  it('leave room as their bytes come, and as they end', async () => {
    const uploads = uploadsWith({}, 1_000)
    const [first] = await announce(uploads, 1)
    assert.equal((await announce(uploads, 1))[0]?.status, 'rejected')
    assert.ok(first?.status === 'fulfilled')
    // They took their place on the disk: what is free is so without them.
    await rig.uploadStore.noteReceived(first.value.secretHash, 1_000)
    assert.equal((await announce(uploads, 1))[0]?.status, 'fulfilled')
    await uploads.terminate(first.value.secretHash)
  })

  it('hold as much room as has come, once they had time to begin: who sends nothing keeps nobody else from sending', async () => {
    const uploads = uploadsWith({ UPLOAD_PROMISE_SECONDS: 60 }, 1_999)
    const [idle] = await announce(uploads, 1)
    assert.ok(idle?.status === 'fulfilled')
    passedMs = 59_000
    assert.deepEqual(codesOf(await announce(uploads, 1)), ['STORAGE_FULL'])
    passedMs = 61_000
    const [slow] = await announce(uploads, 1, randomUUID)
    assert.ok(slow?.status === 'fulfilled')
    passedMs = 122_000
    await rig.uploadStore.noteReceived(slow.value.secretHash, 999)
    // One byte of the slow one is to come, however much has; of the idle one nothing has.
    assert.deepEqual(codesOf(await announce(uploads, 1, randomUUID)), [])
    await rig.uploadStore.noteReceived(idle.value.secretHash, 100)
    passedMs = 183_000
    const more = await announce(uploadsWith({ UPLOAD_PROMISE_SECONDS: 60 }, 1_100), 1, randomUUID)
    assert.deepEqual(codesOf(more), ['STORAGE_FULL'])
    const fitting = await announce(uploadsWith({ UPLOAD_PROMISE_SECONDS: 60 }, 1_101), 1, randomUUID)
    assert.deepEqual(codesOf(fitting), [])
  })

  it('are limited in number and in bytes until they end, for each account', async () => {
    const byNumber = uploadsWith({ MOST_UPLOADS_UNDER_WAY: 2 })
    for (let times = 0; times < 3; times++) await announce(byNumber, 1)
    assert.equal(await stored(), 2)
    const [refused] = await announce(byNumber, 1)
    assert.ok(refused?.status === 'rejected')
    const { code, details } = refused.reason as { code: string; details: object }
    assert.deepEqual(
      [code, details],
      ['QUOTA_EXCEEDED', { limit: 'UPLOADS_UNDER_WAY', allowed: 2, actual: 3, retryAfterMs: 60_000 }],
    )
    assert.deepEqual(codesOf(await announce(byNumber, 1, randomUUID)), [])
    const byBytes = uploadsWith({ MOST_UPLOAD_BYTES_UNDER_WAY: 2_999 })
    assert.deepEqual(codesOf(await announce(byBytes, 1)), ['QUOTA_EXCEEDED'])
  })

  it('are limited in their bytes of a day, also where they end at once; a repeated announcement counts once', async () => {
    const uploads = uploadsWith({ UPLOADED_BYTES_A_DAY: 2_000 })
    const again = () => uploads.create(sampleAccount(owner), newUpload)
    const first = await again()
    assert.equal((await again())._id, first._id)
    await uploads.terminate(first.secretHash)
    assert.deepEqual(codesOf(await announce(uploads, 1)), [])
    assert.deepEqual(codesOf(await announce(uploads, 1)), ['QUOTA_EXCEEDED'])
    assert.equal((await again())._id, first._id)
  })
})
