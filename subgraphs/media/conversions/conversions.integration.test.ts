import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger, type Ledger } from '#ledger/ledger.ts'
import { mostRevocations } from '#ledger/transition.ts'
import { claim, corrupt, mp3 } from '#ledger/testing/sample-records.ts'
import { sampleAccount as account } from '#media/testing/sample-account.ts'
import { createUploadRig, type UploadRig } from '#media/testing/upload-rig.ts'
import { createAllowConversion } from './allow-conversion.ts'
import { createConversions, type Conversions } from './conversions.ts'

const better = { bitrateKbps: 320 }

describe('what an owner can do with conversions', () => {
  let rig: UploadRig
  let ledger: Ledger
  let conversions: Conversions
  let owner: string
  let uploadId: string
  const announced: ConversionRecord[] = []
  before(async () => {
    rig = await createUploadRig()
    const store = createMongoConversionStore(rig.database, rig.log)
    await store.prepare()
    ledger = createLedger({ store, announce: (record) => void announced.push(record) })
    const allowConversion = createAllowConversion({ ledger, ...rig })
    conversions = createConversions({ ledger, uploads: rig.uploads, intents: rig.intents, allowConversion })
  })
  after(() => rig[Symbol.asyncDispose]())
  beforeEach(async () => {
    owner = randomUUID()
    uploadId = (await rig.ready(owner))._id
    announced.length = 0
  })

  const start = async (idempotencyKey = 'key', others: Partial<Parameters<Conversions['start']>[1]> = {}) =>
    await conversions.start(account(owner), { uploadId, idempotencyKey, ...others })
  const succeed = async (id: string) => {
    await ledger.apply(id, claim(0))
    await ledger.apply(id, { type: 'succeed', leaseId: 'lease-1', mp3s: [mp3], warnings: [] })
  }
  const fail = async (id: string) => {
    await ledger.apply(id, claim(0))
    await ledger.apply(id, { type: 'fail', leaseId: 'lease-1', failure: corrupt })
  }

  it('start one, once for a key, however often it is asked for', async () => {
    const started = await Promise.all(Array.from({ length: 10 }, () => start()))
    assert.equal(new Set(started.map((one) => one._id)).size, 1)
    assert.equal(announced.length, 1)
    assert.deepEqual((await rig.uploadStore.read(uploadId))?.pins, [started[0]!._id])
  })

  it('pay once for one that many ask for at once, and place no more at once than one after another', async () => {
    const settings = { ...rig.settings, MOST_CONVERSIONS_UNFINISHED: 3 }
    const replica = () => {
      const allowConversion = createAllowConversion({ ledger, usage: rig.usage, settings })
      return createConversions({ ledger, uploads: rig.uploads, intents: rig.intents, allowConversion })
    }
    const usedAudioMs = async () =>
      (await rig.usage.read(account(owner))).find(({ name }) => name === 'AUDIO_MS_A_DAY')!.used
    const [one, other] = [replica(), replica()]
    const begin = (at: Conversions, idempotencyKey: string) =>
      at.start(account(owner), { uploadId, idempotencyKey })
    await Promise.all([one, other, one, other].map((at) => begin(at, 'key')))
    const paidForOne = await usedAudioMs()
    await begin(one, 'next')
    assert.equal(await usedAudioMs(), 2 * paidForOne)
    const many = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => begin(one, `${index}`)))
    assert.equal(many.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal(await usedAudioMs(), 3 * paidForOne)
  })

  it('get the same one again when its upload is gone', async () => {
    const { _id } = await start()
    await rig.expire(uploadId)
    assert.equal((await start())._id, _id)
    await assert.rejects(start('another key'), { code: 'UPLOAD_EXPIRED' })
  })

  it('not use a key for something else', async () => {
    await start()
    await assert.rejects(start('key', { output: better }), { code: 'IDEMPOTENCY_KEY_REUSED' })
    const other = (await rig.ready(owner, { filename: 'b.mp4', sizeBytes: 10, idempotencyKey: 'other' }))._id
    await assert.rejects(start('key', { uploadId: other }), { code: 'IDEMPOTENCY_KEY_REUSED' })
    const raced = await Promise.allSettled([start('new key'), start('new key', { output: better })])
    assert.deepEqual(raced.map((one) => one.status).toSorted(), ['fulfilled', 'rejected'])
  })

  it('not use a key that is none', async () => {
    for (const key of ['', 'k'.repeat(129)]) await assert.rejects(start(key), { code: 'BAD_USER_INPUT' })
  })

  it('touch nothing of somebody else, and cannot tell it from nothing', async () => {
    const { _id } = await start()
    for (const id of [_id, 'unknown'])
      for (const act of [
        () => conversions.readOwned(id, 'stranger'),
        () => conversions.cancel(id, 'stranger'),
        () => conversions.retry(id, account('stranger'), 'key'),
        () => conversions.revokeLinks(id, 'stranger'),
        () => conversions.delete(id, 'stranger'),
      ])
        await assert.rejects(act, {
          code: 'NOT_FOUND',
          message: 'There is no such thing, or it is not yours.',
        })
    await assert.rejects(conversions.start(account('stranger'), { uploadId, idempotencyKey: 'k' }), {
      code: 'NOT_FOUND',
    })
    assert.deepEqual((await rig.uploadStore.read(uploadId))?.pins, [_id])
  })

  it('cancel what is not over, and nothing else', async () => {
    const { _id } = await start()
    assert.equal((await conversions.cancel(_id, owner)).status, 'CANCELLED')
    await assert.rejects(conversions.cancel(_id, owner), { code: 'ALREADY_FINISHED' })
  })

  it('retry what failed, from the same source, once for a key', async () => {
    const { _id } = await start()
    await assert.rejects(conversions.retry(_id, account(owner), 'again'), { code: 'NOT_RETRYABLE' })
    await fail(_id)
    const { output } = await conversions.readOwned(_id, owner)
    const retried = await conversions.retry(_id, account(owner), 'again')
    assert.notEqual(retried._id, _id)
    assert.deepEqual([retried.retryOf, retried.output, retried.source.uploadId], [_id, output, uploadId])
    assert.equal((await conversions.retry(_id, account(owner), 'again'))._id, retried._id)
    await assert.rejects(start('again'), { code: 'IDEMPOTENCY_KEY_REUSED' })
  })

  it('not retry what succeeded, nor what has no source any more', async () => {
    const { _id } = await start()
    await succeed(_id)
    await assert.rejects(conversions.retry(_id, account(owner), 'again'), { code: 'NOT_RETRYABLE' })
    const failed = await start('second')
    await fail(failed._id)
    await rig.expire(uploadId)
    await assert.rejects(conversions.retry(failed._id, account(owner), 'again'), { code: 'SOURCE_EXPIRED' })
    const upload = (await rig.uploadStore.read(uploadId))!
    await rig.uploadStore.remove(uploadId, upload.revision)
    await assert.rejects(conversions.retry(failed._id, account(owner), 'again'), { code: 'SOURCE_EXPIRED' })
  })

  it('delete one for good, whatever it is doing, and its key stays used', async () => {
    for (const prepare of [
      async () => undefined,
      succeed,
      fail,
      async (id: string) => void (await ledger.apply(id, claim(0))),
    ]) {
      const key = randomUUID()
      const { _id } = await start(key)
      await prepare(_id)
      await conversions.delete(_id, owner)
      await assert.rejects(conversions.readOwned(_id, owner), { code: 'NOT_FOUND' })
      await assert.rejects(conversions.delete(_id, owner), { code: 'NOT_FOUND' })
      await assert.rejects(start(key), { code: 'DELETED' })
      const tombstone = JSON.stringify(await ledger.read(_id))
      assert.ok(!tombstone.includes('talk'), 'nothing of the file is kept')
      assert.ok(!tombstone.includes(key))
    }
  })

  it('have a deleted MP3’s bytes collected', async () => {
    const { _id } = await start()
    await rig.intents.record(mp3.blobId, { kind: 'conversion', conversionId: _id, attempt: 1 })
    await rig.intents.keep(mp3.blobId)
    await succeed(_id)
    await conversions.delete(_id, owner)
    assert.ok((await Array.fromAsync(rig.intents.open())).some((intent) => intent._id === mp3.blobId))
  })

  it('revoke links that were given out, and add nothing where none were', async () => {
    const { _id } = await start()
    const revokeOften = async () => {
      for (let times = 0; times < 20; times++) await conversions.revokeLinks(_id, owner)
      const { linkGeneration, events } = await conversions.readOwned(_id, owner)
      return [linkGeneration, events.length]
    }
    assert.deepEqual(await revokeOften(), [0, 1])
    await succeed(_id)
    assert.deepEqual(await revokeOften(), [0, 3])
    await ledger.markLinksGiven(_id, 0)
    assert.deepEqual(await revokeOften(), [1, 4])
    await ledger.markLinksGiven(_id, 0)
    assert.deepEqual(await revokeOften(), [1, 4])
    await ledger.markLinksGiven(_id, 1)
    assert.deepEqual(await revokeOften(), [2, 5])
  })

  it('revoke links a limited number of times, and end the last ones by deleting the conversion', async () => {
    const { _id } = await start()
    await succeed(_id)
    for (let generation = 0; generation < mostRevocations; generation++) {
      await ledger.markLinksGiven(_id, generation)
      await conversions.revokeLinks(_id, owner)
    }
    await ledger.markLinksGiven(_id, mostRevocations)
    await assert.rejects(conversions.revokeLinks(_id, owner), { code: 'QUOTA_EXCEEDED' })
    await conversions.delete(_id, owner)
  })
})
