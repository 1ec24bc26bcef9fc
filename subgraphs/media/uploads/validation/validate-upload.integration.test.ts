import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { warning } from '#schema/documents/warning.ts'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ExtractAudio } from '#media/examine/extract-audio.ts'
import { createUploadRig, newUpload, sampleMedia, type UploadRig } from '#media/testing/upload-rig.ts'
import { createValidateUpload, type ValidateUpload } from './validate-upload.ts'
import type { ReadTimelines } from '#media/examine/timeline/read-timelines.ts'
import { createExamineSource, type ExamineSourceDependencies } from '#media/examine/examine-upload.ts'
import { createUploadBlobWriter, fateOfUploadBlob } from '#media/uploads/upload-blobs.ts'
import type { UploadStore } from '#media/uploads/upload-store.ts'

const sampleSpans = new Map([[0, { startMs: 0, endMs: 60_000, packetsMs: 60_000, isOdd: false }]])
const never = new AbortController().signal

describe('the validation of an upload', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())

  const validateWith = (
    tools: Partial<ExamineSourceDependencies> = {},
    blobs: BlobStore = rig.blobs,
    uploadStore: UploadStore = rig.uploadStore,
  ): ValidateUpload => {
    const asProbed = { probe: async () => sampleMedia, screen: async () => sampleSpans }
    const readTimelines: ReadTimelines = async ({ media }) => media
    const none = async () => null
    const pictures = { asCover: none, attached: none, frame: none }
    const examineSource = createExamineSource({
      ...asProbed,
      readTimelines,
      extractAudio: async () => null,
      readTags: none,
      tryTracks: async ({ media }) => ({ media, beginnings: new Map() }),
      explainRefusal: async (error) => error,
      pictures,
      ...tools,
    })
    const blobWriter = createUploadBlobWriter({ blobs, intents: rig.intents })
    const examine = { SOURCE: examineSource, COVER: examineSource }
    return createValidateUpload({ ...rig, uploadStore, blobWriter, examine })
  }
  const blobsOf = async (id: string) =>
    await rig.database.collection<{ _id: string }>('fs.files').countDocuments({ _id: new RegExp(`^${id}`) })

  const remainsOf = async (secretHash: string) =>
    (await readdir(rig.directory)).filter((name) => name.startsWith(secretHash)).toSorted()
  const openIntentsOf = async (id: string) =>
    (await Array.fromAsync(rig.intents.open())).map(({ _id }) => _id).filter((_id) => _id.startsWith(id))

  it('moves a good file into the blob store', async () => {
    const { _id, secretHash, ownerId } = await rig.validating(randomUUID())
    await validateWith()((await rig.uploadStore.read(_id))!, never)
    const upload = await rig.uploads.readOwned(_id, ownerId)
    assert.deepEqual([upload.status, upload.verifiedBy, upload.media], ['READY', ['SIZE'], sampleMedia])
    assert.deepEqual(await rig.blobs.stat(upload.blobId!), { sizeBytes: 1_000 })
    const { container } = sampleMedia
    assert.deepEqual(upload.stored, { form: 'WHOLE', sizeBytes: 1_000, container, reading: 'USUAL' })
    assert.equal(upload.picture, null)
    assert.equal(await rig.files.sizeOf(secretHash), null)
  })

  it('stores nothing that could not be read again', async () => {
    const upload = await rig.validating(randomUUID())
    const endless = warning('CLOCK_JUMP_CLOSED', 'The clock jumps.', { durationMs: 9_100_000_000_000_000 })
    await validateWith({ probe: async () => ({ ...sampleMedia, warnings: [endless] }) })(upload, never)
    const { status, failure } = (await rig.uploadStore.read(upload._id))!
    assert.deepEqual([status, failure?.code], ['REJECTED', 'CORRUPT_FILE'])
    assert.equal(await blobsOf(upload._id), 0)
  })

  it('succeeds after one that broke off while the bytes were being stored', async () => {
    const upload = await rig.validating(randomUUID())
    const brokenOff: BlobStore = {
      ...rig.blobs,
      async write(id, source, signal) {
        await rig.blobs.write(id, source, signal)
        await rig.database.collection<{ _id: string }>('fs.files').deleteOne({ _id: id })
        throw new Error('the database went away')
      },
    }
    await assert.rejects(validateWith({}, brokenOff)(upload, never), /went away/)
    assert.equal((await rig.uploadStore.read(upload._id))?.status, 'VALIDATING')
    const chunks = rig.database.collection('fs.chunks')
    assert.equal(await chunks.countDocuments({ files_id: new RegExp(`^${upload._id}`) }), 0)
    await validateWith()(upload, never)
    assert.equal((await rig.uploadStore.read(upload._id))?.status, 'READY')
  })

  /** An extracted file and a picture, as the tools leave them. */
  const extracting: Partial<ExamineSourceDependencies> = {
    extractAudio: async ({ folder }) => {
      const path = join(folder, 'audio')
      await writeFile(path, 'audio')
      return { path, sizeBytes: 5, container: 'matroska,webm', spans: sampleSpans }
    },
    pictures: {
      asCover: () => Promise.reject(new Error('nobody asked for it')),
      attached: () => Promise.reject(new Error('nobody asked for it')),
      frame: async ({ folder }) => {
        const path = join(folder, 'frame')
        await writeFile(path, 'picture')
        return {
          path,
          sizeBytes: 7,
          mimeType: 'image/jpeg',
          type: 3,
          widthPx: 4,
          heightPx: 3,
          convertedFrom: null,
        }
      },
    },
  }
  const withFrame = { ...newUpload, coverFrameMs: 70_000 }

  it('keeps what was extracted, and the frame, and nothing of the rest', async () => {
    const { _id, secretHash } = await rig.validating(randomUUID(), withFrame)
    await validateWith(extracting)((await rig.uploadStore.read(_id))!, never)
    const { blobId, stored, picture } = (await rig.uploadStore.read(_id))!
    assert.deepEqual(stored, {
      form: 'EXTRACTED',
      sizeBytes: 5,
      container: 'matroska,webm',
      reading: 'USUAL',
    })
    assert.deepEqual(await rig.blobs.stat(blobId!), { sizeBytes: 5 })
    const { blobId: pictureId, ...shown } = picture!
    assert.deepEqual(shown, {
      mimeType: 'image/jpeg',
      type: 3,
      widthPx: 4,
      heightPx: 3,
      sizeBytes: 7,
      convertedFrom: null,
    })
    assert.deepEqual(await rig.blobs.stat(pictureId), { sizeBytes: 7 })
    assert.equal(await blobsOf(_id), 2)
    assert.deepEqual(await remainsOf(secretHash), [])
    assert.deepEqual(await openIntentsOf(_id), [])
  })

  it('leaves nothing of a source whose picture could not be stored', async () => {
    const upload = await rig.validating(randomUUID(), withFrame)
    let written = 0
    const fullSoon: BlobStore = {
      ...rig.blobs,
      write: (...given) =>
        (written += 1) === 2 ? Promise.reject(new Error('it is full')) : rig.blobs.write(...given),
    }
    await assert.rejects(validateWith(extracting, fullSoon)(upload, never), /it is full/)
    assert.equal((await rig.uploadStore.read(upload._id))?.status, 'VALIDATING')
    assert.equal(await blobsOf(upload._id), 0)
    assert.deepEqual(await remainsOf(upload.secretHash), [upload.secretHash])
    await validateWith(extracting)(upload, never)
    assert.equal(await blobsOf(upload._id), 2)
  })

  it('takes nothing back when the answer to its last word is lost', async () => {
    const upload = await rig.validating(randomUUID(), withFrame)
    const uploadStore: UploadStore = {
      ...rig.uploadStore,
      async change(...given) {
        await rig.uploadStore.change(...given)
        throw new Error('the database went away')
      },
    }
    await assert.rejects(validateWith(extracting, rig.blobs, uploadStore)(upload, never), /went away/)
    const ready = (await rig.uploadStore.read(upload._id))!
    assert.equal(ready.status, 'READY')
    assert.equal(await blobsOf(upload._id), 2)
    for (const blobId of await openIntentsOf(upload._id))
      assert.equal(fateOfUploadBlob(ready, blobId), 'kept')
    assert.equal(fateOfUploadBlob(ready, `${upload._id}.of-another-try`), 'garbage')
  })

  it('compares the declared hash before anything is made of the file', async () => {
    const upload = await rig.validating(randomUUID(), { ...newUpload, sha256: 'a'.repeat(64) })
    const probe = () => Promise.reject(new Error('too early'))
    await validateWith({ probe })(upload, never)
    assert.equal((await rig.uploadStore.read(upload._id))?.failure?.code, 'HASH_MISMATCH')
  })

  it('stops when told to, and leaves the upload VALIDATING and its file alone', async () => {
    const upload = await rig.validating(randomUUID())
    const [reason, ending] = [new Error('the process is stopping'), new AbortController()]
    const extractAudio: ExtractAudio = async ({ signal }) => {
      ending.abort(reason)
      signal.throwIfAborted()
      return null
    }
    await assert.rejects(validateWith({ extractAudio })(upload, ending.signal), reason)
    assert.equal((await rig.uploadStore.read(upload._id))?.status, 'VALIDATING')
    assert.equal(await rig.files.sizeOf(upload.secretHash), upload.sizeBytes)
  })

  it('leaves nothing when the owner ends the upload meanwhile', async () => {
    const upload = await rig.validating(randomUUID())
    const screen = async () => {
      await rig.uploads.terminate(upload.secretHash)
      return sampleSpans
    }
    await validateWith({ screen })(upload, never).catch(() => undefined)
    await validateWith()(upload, never)
    assert.equal((await rig.uploadStore.read(upload._id))?.status, 'EXPIRED')
    assert.equal(await blobsOf(upload._id), 0)
  })

  it('rejects an upload whose bytes were lost', async () => {
    const upload = await rig.validating(randomUUID())
    await rig.files.remove(upload.secretHash)
    await validateWith()(upload, never)
    assert.equal((await rig.uploadStore.read(upload._id))?.failure?.code, 'UPLOAD_LOST')
  })

  it('rejects what the tools refuse, and removes its bytes', async () => {
    const upload = await rig.validating(randomUUID())
    const screen = () => Promise.reject(new DomainError('CORRUPT_FILE'))
    await validateWith({ screen })(upload, never)
    assert.equal((await rig.uploadStore.read(upload._id))?.failure?.code, 'CORRUPT_FILE')
    assert.equal(await rig.files.sizeOf(upload.secretHash), null)
    assert.equal(await blobsOf(upload._id), 0)
  })
})
