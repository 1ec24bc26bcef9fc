import assert from 'node:assert/strict'
import { readFile, stat, truncate } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { blobBytes } from '#runtime/blobs/testing/blob-bytes.ts'
import { ffmpeg, h264, audio, video } from '#media/examine/testing/extractable-files.ts'
import {
  ask,
  createByTus,
  remainsOf,
  noFilesOf,
  nothing,
  patch,
  uploadIn,
} from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'

describe('what media stores', () => {
  let media: TestMedia
  before(async () => {
    media = await createTestMedia()
    await media.start()
  })
  after(() => media[Symbol.asyncDispose]())

  const make = async (name: string, ...options: readonly string[]) => {
    const path = join(media.directory, name)
    await ffmpeg(...options, path)
    return path
  }
  const image = (name: string) => make(name, '-f', 'lavfi', '-i', 'testsrc2=size=90x60', '-frames:v', '1')
  const upload = async (path: string, metadata: Record<string, string> = {}): Promise<UploadDocument> => {
    const bytes = await readFile(path)
    const filename = basename(path)
    const created = await createByTus(media, 'user', bytes.length, { filename, ...metadata })
    assert.equal(created.status, 201)
    await patch(media.reach(created.headers.get('location')!), bytes)
    return await uploadIn(media, { filename }, 'READY', 'REJECTED')
  }
  const shown = async ({ _id }: UploadDocument) => {
    const fields = 'purpose status storedBytes picture { mimeType widthPx heightPx } media { durationMs }'
    const answer = await ask(media, 'user', `{ upload(id: "${_id}") { ${fields} } }`)
    return answer.data?.['upload']
  }
  const bytesOf = (blobId: string) => blobBytes(createGridFsBlobStore(media.database), blobId)

  it('of a video is its audio, and the picture attached to it', async () => {
    const cover = await image('cover.png')
    const attached = [
      '-map',
      '0',
      '-map',
      '1',
      '-map',
      '2',
      '-c:v:1',
      'copy',
      '-disposition:v:1',
      'attached_pic',
    ]
    const options = [...video, ...audio(44_100), '-i', cover, ...attached, '-c:v:0', 'libx264', '-c:a', 'aac']
    const path = await make('attached.mp4', ...options)
    const stored = await upload(path)
    assert.equal(stored.stored?.form, 'EXTRACTED')
    assert.ok(stored.stored.sizeBytes < (await stat(path)).size)
    assert.equal((await bytesOf(stored.blobId!)).length, stored.stored.sizeBytes)
    assert.deepEqual(await bytesOf(stored.picture!.blobId), await readFile(cover))
    assert.deepEqual(await shown(stored), {
      purpose: 'SOURCE',
      status: 'READY',
      storedBytes: stored.stored.sizeBytes,
      picture: { mimeType: 'image/png', widthPx: 90, heightPx: 60 },
      media: { durationMs: stored.media!.durationMs },
    })
    await noFilesOf(media, stored)
    assert.equal((await remainsOf(media, stored)).blobs, 2)
  })

  it('of a video is its frame, when one is asked for', async () => {
    const path = await make('framed.mkv', ...video, ...audio(44_100), ...h264, '-c:a', 'libopus')
    const { picture } = await upload(path, { coverFrameMs: '800' })
    assert.deepEqual([picture?.mimeType, picture?.widthPx, picture?.heightPx], ['image/jpeg', 160, 90])
    assert.equal((await bytesOf(picture!.blobId)).length, picture!.sizeBytes)
  })

  it('of an audio file is all of it, whatever frame is asked for', async () => {
    const path = await make('audio.flac', ...audio(44_100))
    const { status, stored, picture } = await upload(path, { coverFrameMs: '0' })
    assert.deepEqual([status, stored?.form, picture], ['READY', 'WHOLE', null])
    assert.equal(stored?.sizeBytes, (await stat(path)).size)
  })

  it('of a cover is the image itself', async () => {
    const path = await image('cover.jpg')
    const stored = await upload(path, { purpose: 'COVER' })
    assert.deepEqual([stored.status, stored.blobId, stored.media, stored.stored], ['READY', null, null, null])
    assert.deepEqual(await bytesOf(stored.picture!.blobId), await readFile(path))
    assert.deepEqual(await shown(stored), {
      purpose: 'COVER',
      status: 'READY',
      storedBytes: (await stat(path)).size,
      picture: { mimeType: 'image/jpeg', widthPx: 90, heightPx: 60 },
      media: null,
    })
  })

  it('of what is no picture is nothing, although it was meant as a cover', async () => {
    const half = await image('half.gif')
    await truncate(half, Math.floor((await stat(half)).size / 2))
    const tone = await make('tone.mp4', ...video, ...audio(44_100))
    for (const path of [half, tone]) {
      const refused = await upload(path, { purpose: 'COVER' })
      assert.equal(refused.failure?.code, 'NOT_A_PICTURE')
      await noFilesOf(media, refused)
      assert.deepEqual(await remainsOf(media, refused), nothing)
    }
  })

  it('of a cover that few players show is a JPEG of it', async () => {
    const { picture } = await upload(await image('cover.gif'), { purpose: 'COVER' })
    assert.deepEqual([picture?.mimeType, picture?.convertedFrom], ['image/jpeg', 'a GIF'])
  })

  it('refuses a cover of more than 64 MB before its first byte', async () => {
    const response = await createByTus(media, 'user', 64_000_001, { filename: 'c.png', purpose: 'COVER' })
    assert.equal(response.status, 413)
  })
})
