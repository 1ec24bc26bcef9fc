import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { DomainError } from '#runtime/domain-error.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createUploadRig, newUpload, type UploadRig } from '#media/testing/upload-rig.ts'

describe('an upload', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())

  it('is the same for the same key, however many ask for it at once', async () => {
    const owner = randomUUID()
    const made = await Promise.all(
      Array.from({ length: 10 }, () => rig.uploads.create(sampleAccount(owner), newUpload)),
    )
    assert.equal(new Set(made.map((upload) => upload._id)).size, 1)
    assert.equal(await rig.files.sizeOf(made[0]!.secretHash), 0)
  })

  it('is another one for another owner', async () => {
    const [mine, yours] = [
      await rig.uploads.create(sampleAccount('me'), newUpload),
      await rig.uploads.create(sampleAccount('you'), newUpload),
    ]
    assert.notEqual(mine._id, yours._id)
    assert.notEqual(mine.secretHash, yours.secretHash)
  })

  it('is not made from other input under the same key', async () => {
    const owner = randomUUID()
    await rig.uploads.create(sampleAccount(owner), newUpload)
    for (const other of [
      ...[{ filename: 'other.mp4' }, { sizeBytes: 999 }, { sha256: 'a'.repeat(64) }],
      ...[{ purpose: 'COVER' }, { coverFrameMs: 5 }],
    ])
      await assert.rejects(rig.uploads.create(sampleAccount(owner), { ...newUpload, ...other }), {
        code: 'IDEMPOTENCY_KEY_REUSED',
      })
  })

  it('takes a hash in capitals for the same hash', async () => {
    const owner = randomUUID()
    const first = await rig.uploads.create(sampleAccount(owner), { ...newUpload, sha256: 'AB'.repeat(32) })
    const second = await rig.uploads.create(sampleAccount(owner), { ...newUpload, sha256: 'ab'.repeat(32) })
    assert.equal(second._id, first._id)
  })

  it('has a name that is one, whatever it is given', async () => {
    const nameOf = async (filename: string) =>
      (await rig.uploads.create(sampleAccount(randomUUID()), { ...newUpload, filename })).filename
    assert.equal(await nameOf('a\r\nset-cookie: x'), 'a__set-cookie: x')
    assert.equal(await nameOf(`${'é'.repeat(200)}.mp4`), `${'é'.repeat(125)}.mp4`)
  })

  it('is refused by name when its input cannot be, and leaves nothing', async () => {
    const files = await readdir(rig.directory)
    const refusals: [object, string][] = [
      [{ sizeBytes: 5_001 }, 'UPLOAD_TOO_LARGE'],
      [{ sizeBytes: 0 }, 'BAD_USER_INPUT'],
      [{ sizeBytes: -5 }, 'BAD_USER_INPUT'],
      [{ sizeBytes: 1.5 }, 'BAD_USER_INPUT'],
      [{ sizeBytes: Number.NaN }, 'BAD_USER_INPUT'],
      [{ filename: '' }, 'BAD_USER_INPUT'],
      [{ sha256: 'abc' }, 'BAD_USER_INPUT'],
      [{ purpose: 'BANNER' }, 'BAD_USER_INPUT'],
      [{ coverFrameMs: -1 }, 'BAD_USER_INPUT'],
      [{ coverFrameMs: 0.5 }, 'BAD_USER_INPUT'],
      [{ purpose: 'COVER', coverFrameMs: 0 }, 'BAD_USER_INPUT'],
      [{ idempotencyKey: '' }, 'BAD_USER_INPUT'],
      [{ idempotencyKey: 'k'.repeat(129) }, 'BAD_USER_INPUT'],
    ]
    for (const [wrong, code] of refusals)
      await assert.rejects(
        rig.uploads.create(sampleAccount('nobody'), { ...newUpload, ...wrong }),
        (error: DomainError) => {
          assert.equal(error.code, code)
          assert.match(
            error.message,
            /^(sizeBytes|filename|sha256|purpose|coverFrameMs|idempotencyKey|The file|A cover) .*\.$/,
          )
          return true
        },
      )
    assert.equal(await rig.database.collection('uploads').countDocuments({ ownerId: 'nobody' }), 0)
    assert.deepEqual(await readdir(rig.directory), files)
  })

  it('is not found by anybody else', async () => {
    const { _id } = await rig.ready(randomUUID())
    await assert.rejects(rig.uploads.readOwned(_id, 'somebody else'), { code: 'NOT_FOUND' })
    await assert.rejects(rig.uploads.pin(_id, 'somebody else', 'c', 'SOURCE'), { code: 'NOT_FOUND' })
    await assert.rejects(rig.uploads.readOwned('unknown', 'me'), { code: 'NOT_FOUND' })
  })

  it('can be pinned only while it is READY', async () => {
    const owner = randomUUID()
    const receiving = await rig.uploads.create(sampleAccount(owner), {
      ...newUpload,
      idempotencyKey: 'receiving',
    })
    await assert.rejects(rig.uploads.pin(receiving._id, owner, 'c', 'SOURCE'), { code: 'UPLOAD_INCOMPLETE' })
    const validating = await rig.validating(owner, { ...newUpload, idempotencyKey: 'validating' })
    await assert.rejects(rig.uploads.pin(validating._id, owner, 'c', 'SOURCE'), { code: 'UPLOAD_NOT_READY' })
    await rig.uploads.reject(validating.secretHash, new DomainError('NO_AUDIO_TRACK'))
    await assert.rejects(rig.uploads.pin(validating._id, owner, 'c', 'SOURCE'), {
      code: 'UPLOAD_REJECTED',
      message: 'The upload was rejected: The file has no audio track.',
    })
    await rig.uploads.terminate(receiving.secretHash)
    await assert.rejects(rig.uploads.pin(receiving._id, owner, 'c', 'SOURCE'), { code: 'UPLOAD_EXPIRED' })
    const ready = await rig.ready(owner)
    assert.deepEqual((await rig.uploads.pin(ready._id, owner, 'c', 'SOURCE')).pins, ['c'])
    assert.deepEqual((await rig.uploads.pin(ready._id, owner, 'c', 'SOURCE')).pins, ['c'])
  })

  it('keeps every pin of many at once', async () => {
    const owner = randomUUID()
    const { _id } = await rig.ready(owner)
    const ids = Array.from({ length: 10 }, (_, index) => `c${index}`)
    await Promise.all(ids.map((id) => rig.uploads.pin(_id, owner, id, 'SOURCE')))
    assert.deepEqual((await rig.uploadStore.read(_id))?.pins.toSorted(), ids)
  })

  it('is either pinned or expired, never both, when the two meet', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < 40; round++) {
      const owner = randomUUID()
      const { _id } = await rig.ready(owner)
      rig.pass(25)
      const pin = () =>
        rig.uploads.pin(_id, owner, 'c', 'SOURCE').then(
          () => 'pinned',
          (error: DomainError) => error.code,
        )
      const [pinned] = await Promise.all(round % 2 ? [pin(), rig.sweep()] : [rig.sweep().then(pin)])
      const upload = (await rig.uploadStore.read(_id))!
      assert.equal(upload.status, pinned === 'pinned' ? 'READY' : 'EXPIRED')
      assert.deepEqual(upload.pins, pinned === 'pinned' ? ['c'] : [])
      outcomes.add(pinned)
      await rig.uploadStore.remove(_id, upload.revision)
    }
    assert.ok(outcomes.has('UPLOAD_EXPIRED'))
  })

  it('is not brought back by a validation or a rejection once it is over', async () => {
    const { _id, secretHash } = await rig.uploads.create(sampleAccount(randomUUID()), newUpload)
    await rig.uploads.terminate(secretHash)
    assert.equal(await rig.uploads.startValidating(secretHash), null)
    await rig.uploads.reject(secretHash, new DomainError('CORRUPT_FILE'))
    assert.equal((await rig.uploadStore.read(_id))?.status, 'EXPIRED')
  })

  it('is refused when its disk has no room for a file', async (t) => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    t.mock.method(rig.files, 'create', () => Promise.reject(full))
    await assert.rejects(rig.uploads.create(sampleAccount(randomUUID()), newUpload), { code: 'STORAGE_FULL' })
  })
})
