import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { ask, createByTus, keptOf, patch, uploadIn } from '#media/testing/media-client.ts'
import { createTestMedia } from '#media/testing/running-media.ts'
import { createUploadRig, newUpload, sampleMedia, type UploadRig } from '#media/testing/upload-rig.ts'
import { createCheckUpload, type CheckUpload } from './check-upload.ts'
import { createExamineMedia, type ExamineMediaDependencies } from './examine-media.ts'
import { createBlobKeeper } from './kept-blobs.ts'
import { createUploadChecks } from './upload-checks.ts'

const never = new AbortController().signal

describe('the check of an upload', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())

  const checkWith = (
    tools: Partial<ExamineMediaDependencies> = {},
    blobs: BlobStore = rig.blobs,
  ): CheckUpload => {
    const pictures = { attached: async () => null, frame: async () => null }
    const asProbed = { probe: async () => sampleMedia, screen: async () => sampleMedia }
    const examineMedia = createExamineMedia({ ...asProbed, lift: async () => null, pictures, ...tools })
    const blobKeeper = createBlobKeeper({ blobs, intents: rig.intents })
    return createCheckUpload({ ...rig, blobKeeper, examine: { SOURCE: examineMedia, COVER: examineMedia } })
  }
  const blobsOf = async (id: string) =>
    await rig.database.collection<{ _id: string }>('fs.files').countDocuments({ _id: new RegExp(`^${id}`) })

  it('moves a good file into the blob store', async () => {
    const { _id, secretHash, ownerId } = await rig.checking(randomUUID())
    await checkWith()((await rig.store.read(_id))!, never)
    const upload = await rig.uploads.readOwned(_id, ownerId)
    assert.deepEqual([upload.status, upload.verifiedBy, upload.media], ['READY', ['SIZE'], sampleMedia])
    assert.deepEqual(await rig.blobs.stat(upload.blobId!), { sizeBytes: 1_000 })
    const { container } = sampleMedia
    assert.deepEqual(upload.stored, { form: 'WHOLE', sizeBytes: 1_000, container })
    assert.equal(upload.picture, null)
    assert.equal(await rig.files.sizeOf(secretHash), null)
  })

  it('succeeds after one that broke off while the bytes were being stored', async () => {
    const upload = await rig.checking(randomUUID())
    const brokenOff: BlobStore = {
      ...rig.blobs,
      async write(id, source, signal) {
        await rig.blobs.write(id, source, signal)
        await rig.database.collection<{ _id: string }>('fs.files').deleteOne({ _id: id })
        throw new Error('the database went away')
      },
    }
    await assert.rejects(checkWith({}, brokenOff)(upload, never), /went away/)
    assert.equal((await rig.store.read(upload._id))?.status, 'CHECKING')
    const chunks = rig.database.collection('fs.chunks')
    assert.equal(await chunks.countDocuments({ files_id: new RegExp(`^${upload._id}`) }), 0)
    await checkWith()(upload, never)
    assert.equal((await rig.store.read(upload._id))?.status, 'READY')
  })

  it('leaves nothing when the owner ends the upload meanwhile', async () => {
    const upload = await rig.checking(randomUUID())
    const screen = async () => {
      await rig.uploads.terminate(upload.secretHash)
      return sampleMedia
    }
    await checkWith({ screen })(upload, never).catch(() => undefined)
    await checkWith()(upload, never)
    assert.equal((await rig.store.read(upload._id))?.status, 'EXPIRED')
    assert.equal(await blobsOf(upload._id), 0)
  })

  it('rejects an upload whose bytes were lost', async () => {
    const upload = await rig.checking(randomUUID())
    await rig.files.remove(upload.secretHash)
    await checkWith()(upload, never)
    assert.equal((await rig.store.read(upload._id))?.failure?.code, 'UPLOAD_LOST')
  })

  it('rejects what the tools refuse, and removes its bytes', async () => {
    const upload = await rig.checking(randomUUID())
    const screen = () => Promise.reject(new DomainError('CORRUPT_FILE'))
    await checkWith({ screen })(upload, never)
    assert.equal((await rig.store.read(upload._id))?.failure?.code, 'CORRUPT_FILE')
    assert.equal(await rig.files.sizeOf(upload.secretHash), null)
    assert.equal(await blobsOf(upload._id), 0)
  })
})

describe('the checks of a replica', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())

  /** A check that waits until the test lets it go. */
  function gate() {
    const events = new EventTarget()
    const started: string[] = []
    const check: CheckUpload = async ({ _id }) => {
      started.push(_id)
      events.dispatchEvent(new Event('started'))
      await once(events, 'go')
      await rig.store.change(_id, () => ({ status: 'READY', media: sampleMedia, blobId: _id }))
    }
    return {
      check,
      started,
      begun: () => once(events, 'started'),
      go: () => events.dispatchEvent(new Event('go')),
    }
  }
  const checksOf = (check: CheckUpload, concurrency = 2) =>
    createUploadChecks({ ...rig, check, replica: 0, concurrency })

  it('find the file that was complete when the last process died', async () => {
    const { secretHash, _id, sizeBytes } = await rig.uploads.create(randomUUID(), newUpload)
    await writeFile(rig.files.pathOf(secretHash), Buffer.alloc(sizeBytes))
    const { check, begun, started, go } = gate()
    await using checks = checksOf(check)
    const beginning = begun()
    await checks.resume()
    await beginning
    assert.deepEqual(started, [_id])
    go()
  })

  it('do not check an upload twice, however often it is noticed', async () => {
    const upload = await rig.checking(randomUUID())
    const { check, begun, started, go } = gate()
    await using checks = checksOf(check)
    const beginning = begun()
    checks.enqueue(upload)
    await beginning
    await checks.resume()
    checks.enqueue(upload)
    go()
    await uploadReady(upload._id)
    checks.enqueue(upload)
    await checks[Symbol.asyncDispose]()
    assert.deepEqual(started, [upload._id])
  })
  const uploadReady = async (id: string) => {
    while ((await rig.store.read(id))?.status !== 'READY');
  }
})

describe('media that was stopped during a check', () => {
  it('takes it up again when it is back, and the upload becomes READY', async () => {
    await using media = await createTestMedia()
    const hangs = join(media.directory, 'ffprobe-that-hangs')
    await writeFile(hangs, '#!/bin/sh\n[ "$1" = -version ] || exec sleep 600\n')
    await chmod(hangs, 0o755)
    await media.start({ FFPROBE_PATH: hangs })
    const bytes = await readFile(await makeSample(media.directory, 'mp4-aac'))
    const created = await createByTus(media, 'user', bytes.length)
    assert.equal((await patch(media.reach(created.headers.get('location')!), bytes)).status, 204)
    const { _id } = await uploadIn(media, {}, 'CHECKING')
    await media.stop()
    await media.start()
    const upload = await uploadIn(media, { _id }, 'READY', 'REJECTED')
    assert.equal(upload.status, 'READY')
    assert.deepEqual((await keptOf(media, upload)).blobs, 1)
    const answer = await ask(
      media,
      'user',
      '{ upload(id: "ID") { status url media { durationMs } } }'.replace('ID', _id),
    )
    assert.equal(answer.errors, undefined)
  })
})
