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
  const queueOf = (validate: ValidateUpload, bounds: { concurrency?: number; pauseMs?: number } = {}) =>
    createValidationQueue({ ...rig, validate, replica: 0, concurrency: 2, attempts: 3, ...bounds })

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

  it('rejects one that fails by a fault of ours as often as is tried, and the client may come again', async () => {
    const upload = await rig.validating(randomUUID())
    let tries = 0
    const failing: ValidateUpload = async () => Promise.reject(new Error(`a fault of ours, ${++tries}`))
    await using queue = queueOf(failing, { pauseMs: 1 })
    queue.enqueue(upload)
    const ended = async () => (await rig.uploadStore.read(upload._id))?.status === 'REJECTED'
    await waitUntil('the upload is REJECTED', ended, { everyMs: 5 })
    const { failure } = (await rig.uploadStore.read(upload._id))!
    await queue[Symbol.asyncDispose]()
    assert.deepEqual([failure?.code, failure?.retryable, tries], ['INTERNAL_SERVER_ERROR', true, 3])
    assert.equal(await rig.files.sizeOf(upload.secretHash), null)
  })

  it('keeps for as long as it takes what a full disk does not let it validate', async () => {
    const upload = await rig.validating(randomUUID())
    let tries = 0
    const full: ValidateUpload = async ({ _id }) => {
      if (++tries < 10) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
      await rig.turn(_id, (current) => readySource(current, _id))
    }
    await using queue = queueOf(full, { pauseMs: 1 })
    queue.enqueue(upload)
    await uploadReady(upload._id)
  })

  it('gives the place of one that failed to others while that waits', async () => {
    const [failing, other] = [await rig.validating(randomUUID()), await rig.validating(randomUUID())]
    const validate: ValidateUpload = async ({ _id }) => {
      if (_id === failing._id) throw new Error('a fault of ours')
      await rig.turn(_id, (upload) => readySource(upload, _id))
    }
    await using queue = queueOf(validate, { concurrency: 1, pauseMs: 600_000 })
    queue.enqueue(failing)
    queue.enqueue(other)
    await uploadReady(other._id)
    assert.equal((await rig.uploadStore.read(failing._id))?.status, 'VALIDATING')
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
