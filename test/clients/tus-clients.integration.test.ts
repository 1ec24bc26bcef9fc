/** tus-js-client, which is not ours, against a whole media subgraph, with each option that an advertised extension serves. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import * as tus from 'tus-js-client'
import { createByTus, uploadIn } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'
import { makeSample } from '#test/harness/sample-media.ts'

describe('tus-js-client', () => {
  let media: TestMedia
  let bytes: Buffer
  before(async () => {
    media = await createTestMedia()
    await media.start()
    bytes = await readFile(await makeSample(media.directory, 'mp4-aac'))
  })
  after(() => media[Symbol.asyncDispose]())

  /** The public address leads to the router; a test has media alone. */
  const created = async (ownerId: string) => {
    const response = await createByTus(media, ownerId, bytes.length, { filename: 'talk.mp4' })
    return media.reach(response.headers.get('location')!)
  }
  const send = async (options: tus.UploadOptions, methods: string[] = []) => {
    await new Promise<void>((resolve, reject) => {
      const upload = new tus.Upload(bytes, {
        retryDelays: null,
        onBeforeRequest: (request) => void methods.push(request.getMethod()),
        onSuccess: () => resolve(),
        onError: reject,
        ...options,
      })
      upload.start()
    })
  }

  it('sends in chunks, and behind a proxy that lets POST through alone', async () => {
    for (const overridePatchMethod of [false, true]) {
      const ownerId = `override-${overridePatchMethod}`
      const methods: string[] = []
      const chunkSize = Math.ceil(bytes.length / 3)
      await send({ uploadUrl: await created(ownerId), overridePatchMethod, chunkSize }, methods)
      assert.equal(methods.filter((method) => method === (overridePatchMethod ? 'POST' : 'PATCH')).length, 3)
      await uploadIn(media, { ownerId }, 'READY')
    }
  })

  it('ends an upload, and is told in words why one cannot be created', async () => {
    const url = await created('ending')
    await tus.Upload.terminate(url, { retryDelays: null as unknown as number[] })
    await uploadIn(media, { ownerId: 'ending' }, 'EXPIRED')
    const headers = { authorization: `Bearer ${await media.tokenOf('deferring')}` }
    const deferred = send({ endpoint: `${media.origin}/uploads`, uploadLengthDeferred: true, headers })
    await assert.rejects(deferred, (error: tus.DetailedError) => {
      const { code, message } = JSON.parse(error.originalResponse!.getBody()) as Record<string, string>
      assert.deepEqual([error.originalResponse!.getStatus(), code], [400, 'BAD_USER_INPUT'])
      assert.match(message!, /Upload-Length/)
      return true
    })
  })
})
