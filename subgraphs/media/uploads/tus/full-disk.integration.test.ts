import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { mountSmallDisk, type SmallDisk } from '#test/harness/small-disk.ts'
import { ask, createByTus, head, patch, uploadIn } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'

const megabyte = 1024 ** 2

describe('uploads to a disk of 8 MB with a reserve of 2', () => {
  let disk: SmallDisk
  let media: TestMedia
  before(async () => {
    disk = await mountSmallDisk(8)
    media = await createTestMedia({
      UPLOAD_DIRECTORY: join(disk.path, 'uploads'),
      DISK_RESERVE_BYTES: 2 * megabyte,
    })
    await media.start()
  })
  after(async () => {
    await media[Symbol.asyncDispose]()
    await disk[Symbol.asyncDispose]()
  })

  const announce = (idempotencyKey: string, sizeBytes: number) =>
    ask(
      media,
      'user-1',
      'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } } }',
      { input: { filename: 'talk.mp4', sizeBytes, idempotencyKey } },
    )
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

  it('are refused at the announcement when they would touch the reserve', async () => {
    const { errors } = await announce('too-much', 7 * megabyte)
    assert.equal(errors?.[0]?.extensions.code, 'STORAGE_FULL')
    const response = await createByTus(media, 'user-1', 7 * megabyte)
    assert.equal(response.status, 507)
    assert.equal(await codeOf(response), 'STORAGE_FULL')
  })

  it('are not refused when they were announced before', async () => {
    assert.equal((await announce('small', megabyte)).errors, undefined)
    await disk.fill()
    try {
      assert.equal((await announce('small', megabyte)).errors, undefined)
    } finally {
      await disk.free()
    }
  })

  it('take their bytes when there is room again, also where a crash or a full disk left them no file', async () => {
    const removeFiles = async () => {
      const files = join(disk.path, 'uploads')
      for (const name of await readdir(files)) await rm(join(files, name))
    }
    const { data } = await announce('no-file', megabyte)
    await removeFiles()
    await disk.fill()
    const repeated = await announce('no-file', megabyte)
    await disk.free()
    assert.equal(repeated.errors, undefined)
    await removeFiles()
    const { upload } = data!['createUpload'] as { upload: { url: string } }
    assert.equal((await patch(media.reach(upload.url), randomBytes(megabyte), 0)).status, 204)
  })

  it('break off with a clear answer when it fills up, and go on where they were', async () => {
    const bytes = randomBytes(3 * megabyte)
    const response = await createByTus(media, 'user-1', bytes.length)
    const url = media.reach(response.headers.get('location')!)
    await disk.fill()
    const refused = await patch(url, bytes, 0)
    assert.equal(refused.status, 507)
    assert.equal(await codeOf(refused), 'STORAGE_FULL')
    await disk.free()
    const offset = Number((await head(url)).headers.get('upload-offset'))
    assert.ok(offset < bytes.length)
    assert.equal((await patch(url, bytes.subarray(offset), offset)).status, 204)
    // It was noise: to be rejected for that, every byte has to be there.
    const { failure } = await uploadIn(media, { sizeBytes: bytes.length }, 'REJECTED')
    assert.equal(failure?.code, 'UNSUPPORTED_FORMAT')
  })
})
