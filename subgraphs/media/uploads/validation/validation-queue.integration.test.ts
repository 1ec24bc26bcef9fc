import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { ask, createByTus, remainsOf, patch, uploadIn } from '#media/testing/media-client.ts'
import { createTestMedia } from '#media/testing/running-media.ts'
import { sampleAccount } from '#media/testing/sample-account.ts'
import { createUploadRig, newUpload, readySource, type UploadRig } from '#media/testing/upload-rig.ts'
import type { ValidateUpload } from './validate-upload.ts'
import { createValidationQueue } from './validation-queue.ts'

describe('the validation queue of a replica', () => {
  let rig: UploadRig
  before(async () => void (rig = await createUploadRig()))
  after(() => rig[Symbol.asyncDispose]())

  /** A validation that waits until the test lets it go. */
  function gate() {
    const events = new EventTarget()
    const started: string[] = []
    const validate: ValidateUpload = async ({ _id }) => {
      started.push(_id)
      events.dispatchEvent(new Event('started'))
      await once(events, 'go')
      await rig.turn(_id, (upload) => readySource(upload, _id))
    }
    return {
      validate,
      started,
      begun: () => once(events, 'started'),
      go: () => events.dispatchEvent(new Event('go')),
    }
  }
  const queueOf = (validate: ValidateUpload) =>
    createValidationQueue({ ...rig, validate, replica: 0, concurrency: 2 })

  it('finds the file that was complete when the last process died', async () => {
    const { secretHash, _id, sizeBytes } = await rig.uploads.create(sampleAccount(randomUUID()), newUpload)
    await writeFile(rig.files.pathOf(secretHash), Buffer.alloc(sizeBytes))
    const { validate, begun, started, go } = gate()
    await using queue = queueOf(validate)
    const beginning = begun()
    await queue.resume()
    await beginning
    assert.deepEqual(started, [_id])
    go()
  })

  it('does not validate an upload twice, however often it is noticed', async () => {
    const upload = await rig.validating(randomUUID())
    const { validate, begun, started, go } = gate()
    await using queue = queueOf(validate)
    const beginning = begun()
    queue.enqueue(upload)
    await beginning
    await queue.resume()
    queue.enqueue(upload)
    go()
    await uploadReady(upload._id)
    queue.enqueue(upload)
    await queue[Symbol.asyncDispose]()
    assert.deepEqual(started, [upload._id])
  })
  const uploadReady = async (id: string) => {
    const isReady = async () => (await rig.uploadStore.read(id))?.status === 'READY'
    await waitUntil('the upload is READY', isReady, { everyMs: 5 })
  }
})

describe('media that was stopped during a validation', () => {
  it('takes it up again when it is back, and the upload becomes READY', async () => {
    await using media = await createTestMedia()
    const hangs = join(media.directory, 'ffprobe-that-hangs')
    await writeFile(hangs, '#!/bin/sh\n[ "$1" = -version ] || exec sleep 600\n')
    await chmod(hangs, 0o755)
    await media.start({ FFPROBE_PATH: hangs })
    const bytes = await readFile(await makeSample(media.directory, 'mp4-aac'))
    const created = await createByTus(media, 'user', bytes.length)
    assert.equal((await patch(media.reach(created.headers.get('location')!), bytes)).status, 204)
    const { _id } = await uploadIn(media, {}, 'VALIDATING')
    await media.stop()
    await media.start()
    const upload = await uploadIn(media, { _id }, 'READY', 'REJECTED')
    assert.equal(upload.status, 'READY')
    assert.deepEqual((await remainsOf(media, upload)).blobs, 1)
    const answer = await ask(
      media,
      'user',
      '{ upload(id: "ID") { status url media { durationMs } } }'.replace('ID', _id),
    )
    assert.equal(answer.errors, undefined)
  })
})
