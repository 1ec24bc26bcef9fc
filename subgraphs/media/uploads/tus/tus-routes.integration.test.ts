import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { after, before, describe, it } from 'node:test'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { makeSample, type SampleKind } from '#test/harness/sample-media.ts'
import {
  createByTus,
  head,
  remainsOf,
  noFilesOf,
  nothing,
  patch,
  tusHeaders,
  uploadIn,
} from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'

const maximumBytes = 5_000_000

describe('tus at /uploads', () => {
  let media: TestMedia
  let bytes: Buffer
  before(async () => {
    media = await createTestMedia({ UPLOAD_MAX_BYTES: maximumBytes })
    await media.start()
    bytes = await readFile(await makeSample(media.directory, 'mp4-aac'))
  })
  after(() => media[Symbol.asyncDispose]())

  let users = 0
  const newUser = () => `user-${users++}`
  async function created(metadata: Record<string, string> = {}, sizeBytes = bytes.length) {
    const ownerId = newUser()
    const response = await createByTus(media, ownerId, sizeBytes, { filename: 'talk.mp4', ...metadata })
    assert.equal(response.status, 201)
    return { ownerId, url: media.reach(response.headers.get('location')!), response }
  }
  const uploadOf = (ownerId: string) =>
    media.database.collection<UploadDocument>('uploads').findOne({ ownerId })
  const remains = async (ownerId: string) => await remainsOf(media, (await uploadOf(ownerId))!)
  /** The state is written before the file goes. */
  const keepsNothing = async (ownerId: string) => {
    const upload = (await uploadOf(ownerId))!
    await noFilesOf(media, upload)
    assert.deepEqual(await remainsOf(media, upload), nothing)
  }
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

  it('creates nothing without a good token', async () => {
    for (const authorization of [undefined, 'Bearer nonsense', 'Basic eDp5']) {
      const headers = { ...tusHeaders, 'upload-length': '10', ...(authorization && { authorization }) }
      const response = await fetch(`${media.origin}/uploads`, { method: 'POST', headers })
      assert.equal(response.status, 401)
      assert.equal(await codeOf(response), 'UNAUTHENTICATED')
    }
    assert.deepEqual(await readdir(media.settings.UPLOAD_DIRECTORY), [])
  })

  it('refuses a file over the limit, and sizes that are none, before a byte is sent', async () => {
    const tooLarge = await createByTus(media, newUser(), maximumBytes + 1)
    assert.equal(tooLarge.status, 413)
    assert.equal(await codeOf(tooLarge), 'UPLOAD_TOO_LARGE')
    assert.equal(await codeOf(await createByTus(media, newUser(), 0)), 'BAD_USER_INPUT')
    const deferred = await fetch(`${media.origin}/uploads`, {
      method: 'POST',
      headers: {
        ...tusHeaders,
        'upload-defer-length': '1',
        authorization: `Bearer ${await media.tokenOf('u')}`,
      },
    })
    assert.equal(deferred.status, 400)
    assert.equal(await codeOf(deferred), 'BAD_USER_INPUT')
    assert.deepEqual(await readdir(media.settings.UPLOAD_DIRECTORY), [])
  })

  it('answers the public URL, the name it was given, and when the upload expires', async () => {
    const { ownerId, response, url } = await created({ filename: 'Grüße "1".mp4' })
    assert.match(response.headers.get('location')!, /^https:\/\/earshot\.example\/uploads\/0\/[\w-]{43}$/)
    const upload = await uploadIn(media, { ownerId }, 'UPLOADING')
    assert.equal(upload.filename, 'Grüße "1".mp4')
    const expiresAt = new Date(response.headers.get('upload-expires')!)
    assert.ok(Math.abs(expiresAt.getTime() - upload.expiresAt.getTime()) < 5_000)
    await fetch(url, { method: 'DELETE', headers: tusHeaders })
  })

  it('keeps the secret off the disk, out of the database and out of the log', async () => {
    const { url } = await created()
    const secret = url.split('/').at(-1)!
    await fetch(`${media.origin}/uploads/7/${secret}`, { method: 'PATCH', headers: tusHeaders })
    await fetch(`${media.origin}/uploads/0/${secret}`, { method: 'PUT', headers: tusHeaders })
    await patch(url, bytes.subarray(0, 10), 5)
    assert.ok(!(await readdir(media.settings.UPLOAD_DIRECTORY)).join().includes(secret))
    assert.ok(!JSON.stringify(await media.database.collection('uploads').find().toArray()).includes(secret))
    assert.ok(!media.logged.join().includes(secret))
    await fetch(url, { method: 'DELETE', headers: tusHeaders })
  })

  it('goes on where a broken connection stopped, until the upload is READY', async () => {
    const { ownerId, url } = await created({ sha256: createHash('sha256').update(bytes).digest('hex') })
    const half = bytes.length >> 1
    await breakOff(url, bytes.subarray(0, half), bytes.length)
    const offset = await waitUntil('what was sent is on the disk', async () => {
      const received = Number((await head(url)).headers.get('upload-offset'))
      return received >= half && received
    })
    assert.equal(offset, half)
    assert.equal((await patch(url, bytes.subarray(offset), offset)).status, 204)
    const upload = await uploadIn(media, { ownerId }, 'READY', 'REJECTED')
    assert.deepEqual([upload.status, upload.verifiedBy], ['READY', ['SIZE', 'SHA256']])
    assert.equal(media.logged.filter((line) => line.includes('by our fault')).length, 0)
  })

  it('tells a client whose last reply was lost that all bytes are in', async () => {
    const { ownerId, url } = await created()
    await patch(url, bytes)
    for (const status of ['VALIDATING', 'READY'] as const) {
      const answer = await head(url)
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('upload-offset'), String(bytes.length))
      assert.equal(answer.headers.get('upload-length'), String(bytes.length))
      if (status === 'VALIDATING') await uploadIn(media, { ownerId }, 'READY')
    }
    assert.equal((await fetch(url, { method: 'DELETE', headers: tusHeaders })).status, 400)
    await uploadIn(media, { ownerId }, 'READY')
  })

  it('tells so however long ago the upload was announced', async () => {
    const { ownerId, url } = await created()
    await patch(url, bytes)
    await uploadIn(media, { ownerId }, 'READY')
    const createdAt = new Date(Date.now() - 2 * 24 * 3_600_000)
    await media.database.collection('uploads').updateOne({ ownerId }, { $set: { createdAt } })
    const answer = await head(url)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('upload-offset'), String(bytes.length))
  })

  it('answers a repeated creation with the same upload, and keeps the bytes it has', async () => {
    const { ownerId, url } = await created({ idempotencyKey: 'once' })
    await patch(url, bytes.subarray(0, 1000))
    const again = await createByTus(media, ownerId, bytes.length, {
      filename: 'talk.mp4',
      idempotencyKey: 'once',
    })
    assert.equal(again.status, 201)
    assert.equal(media.reach(again.headers.get('location')!), url)
    assert.equal((await head(url)).headers.get('upload-offset'), '1000')
    const other = await createByTus(media, ownerId, 99, { filename: 'talk.mp4', idempotencyKey: 'once' })
    assert.equal(other.status, 409)
    assert.equal(await codeOf(other), 'IDEMPOTENCY_KEY_REUSED')
    await patch(url, bytes.subarray(1000), 1000)
    await uploadIn(media, { ownerId }, 'READY')
    const late = await createByTus(media, ownerId, bytes.length, {
      filename: 'talk.mp4',
      idempotencyKey: 'once',
    })
    assert.equal(late.status, 201)
    assert.equal((await head(url)).headers.get('upload-offset'), String(bytes.length))
    assert.deepEqual((await remains(ownerId)).files, [])
  })

  it('ends an upload its owner gives up, with nothing left', async () => {
    const { ownerId, url } = await created({ idempotencyKey: 'given up' })
    await patch(url, bytes.subarray(0, 1000))
    assert.equal((await fetch(url, { method: 'DELETE', headers: tusHeaders })).status, 204)
    const upload = await media.database.collection('uploads').findOne({ ownerId })
    assert.equal(upload?.['status'], 'EXPIRED')
    assert.deepEqual(await remains(ownerId), nothing)
    assert.equal((await head(url)).status, 410)
    assert.equal(await codeOf(await patch(url, bytes.subarray(1000), 1000)), 'UPLOAD_EXPIRED')
    const again = await createByTus(media, ownerId, bytes.length, {
      filename: 'talk.mp4',
      idempotencyKey: 'given up',
    })
    assert.equal(again.status, 410)
    assert.equal(await codeOf(again), 'UPLOAD_EXPIRED')
    assert.deepEqual(await remains(ownerId), nothing)
  })

  it('knows neither wrong secrets nor replicas that are not there', async () => {
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      for (const path of [
        '/uploads/0/wrong',
        '/uploads/0/..%2f..%2fetc%2fpasswd',
        '/uploads/7/wrong',
        '/uploads/x/y',
      ]) {
        const headers = {
          ...tusHeaders,
          'upload-offset': '0',
          'content-type': 'application/offset+octet-stream',
        }
        const response = await fetch(media.origin + path, { method, headers })
        assert.equal(response.status, 404, `${method} ${path}`)
        if (method !== 'HEAD') assert.equal(await codeOf(response), 'NOT_FOUND', `${method} ${path}`)
      }
    }
  })

  it('keeps to each MUST of the protocol where a request does not', async () => {
    const { url } = await created()
    const chunk = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    const send = async (method: string, headers: Record<string, string>, to = url) =>
      await fetch(to, { method, headers })
    const versions = [
      ['PATCH', chunk],
      ['DELETE', { 'tus-resumable': '0.2.2' }],
      ['POST', { 'upload-length': '3' }, `${media.origin}/uploads`],
    ] as const
    for (const [method, headers, to] of versions) {
      const response = await send(method, headers, to)
      assert.deepEqual([response.status, response.headers.get('tus-version')], [412, '1.0.0'], method)
      assert.equal(await codeOf(response), 'BAD_REQUEST')
    }
    const cases: [string, Record<string, string>, number][] = [
      ['PATCH', { 'upload-offset': '0' }, 415],
      ['PATCH', { ...chunk, 'content-type': 'video/mp4' }, 415],
      ['PATCH', { 'content-type': chunk['content-type'] }, 400],
      ['PATCH', { ...chunk, 'upload-offset': '-1' }, 400],
      ['PATCH', { ...chunk, 'upload-concat': 'x' }, 400],
      ['PUT', {}, 405],
      ['POST', {}, 405],
    ]
    for (const [method, headers, status] of cases) {
      const response = await send(method, { ...tusHeaders, ...headers })
      assert.equal(response.status, status, method)
      assert.match(response.headers.get('content-type')!, /json/)
      assert.equal(response.headers.get('tus-resumable'), '1.0.0')
      const text = await response.text()
      assert.equal((JSON.parse(text) as { code: string }).code, 'BAD_REQUEST')
      assert.ok(!text.includes(url.split('/').at(-1)!))
      if (status === 405) assert.match(response.headers.get('allow')!, /PATCH/)
    }
    const options = await send('OPTIONS', {})
    assert.equal(options.headers.get('tus-extension'), 'creation,creation-with-upload,termination,expiration')
    await send('DELETE', tusHeaders)
  })

  it('takes the method that X-HTTP-Method-Override says', async () => {
    const { ownerId, url } = await created()
    const as = async (method: string, headers: Record<string, string> = {}, body?: BodyInit) =>
      await fetch(url, {
        method: 'POST',
        headers: { ...tusHeaders, 'x-http-method-override': method, ...headers },
        ...(body !== undefined && { body }),
      })
    const chunk = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    assert.equal((await as('PATCH', chunk, new Uint8Array(bytes.subarray(0, 100)))).status, 204)
    assert.equal((await as('HEAD')).headers.get('upload-offset'), '100')
    assert.equal((await as('DELETE')).status, 204)
    assert.equal((await uploadOf(ownerId))?.status, 'EXPIRED')
  })

  it('tells with the offset what was said of the file', async () => {
    const { url } = await created({ filename: 'Grüße.mp4', coverFrameMs: '5' })
    const [filename, ...others] = (await head(url)).headers.get('upload-metadata')!.split(',')
    assert.equal(filename, `filename ${Buffer.from('Grüße.mp4').toString('base64')}`)
    assert.deepEqual(others, [`purpose ${btoa('SOURCE')}`, `coverFrameMs ${btoa('5')}`])
    await fetch(url, { method: 'DELETE', headers: tusHeaders })
  })

  it('answers in the same shape what is no address at all', async () => {
    const response = await fetch(`${media.origin}/uploads/%zz`)
    assert.deepEqual([response.status, await codeOf(response)], [400, 'BAD_REQUEST'])
  })

  it('rejects more bytes than were declared, announced or not, with nothing left', async () => {
    for (const send of [(url: string) => patch(url, bytes), (url: string) => sendChunked(url, bytes)]) {
      const { ownerId, url } = await created({}, bytes.length - 1)
      const response = await send(url)
      assert.equal(response.status, 413)
      assert.equal(await codeOf(response), 'SIZE_MISMATCH')
      const upload = await uploadIn(media, { ownerId }, 'REJECTED', 'READY')
      assert.equal(upload.failure?.code, 'SIZE_MISMATCH')
      assert.deepEqual(await remains(ownerId), nothing)
    }
  })

  const badFiles: [SampleKind, string][] = [
    ['text-named-mp4', 'UNSUPPORTED_FORMAT'],
    ['video-only', 'NO_AUDIO_TRACK'],
    ['cut-in-half', 'CORRUPT_FILE'],
    ['cut-in-half-faststart', 'CORRUPT_FILE'],
  ]
  for (const [kind, code] of badFiles) {
    it(`rejects ${kind} with ${code} and keeps nothing of it`, async () => {
      const content = await readFile(await makeSample(media.directory, kind))
      const { ownerId, url } = await created({}, content.length)
      await patch(url, content)
      const upload = await uploadIn(media, { ownerId }, 'REJECTED', 'READY')
      assert.equal(upload.failure?.code, code)
      await keepsNothing(ownerId)
      assert.equal((await head(url)).status, 410)
    })
  }

  it('rejects bytes without the declared SHA-256, and keeps none of them', async () => {
    const { ownerId, url } = await created({ sha256: 'ab'.repeat(32) })
    await patch(url, bytes)
    const upload = await uploadIn(media, { ownerId }, 'REJECTED', 'READY')
    assert.equal(upload.failure?.code, 'HASH_MISMATCH')
    await keepsNothing(ownerId)
  })

  it('names what is wrong with a tus request in its own words, as JSON', async () => {
    const { url } = await created()
    const wrongOffset = await patch(url, bytes.subarray(0, 10), 5)
    assert.equal(wrongOffset.status, 409)
    assert.deepEqual(await wrongOffset.json(), { code: 'BAD_REQUEST', message: 'Upload-Offset conflict.' })
    assert.equal((await fetch(url, { method: 'DELETE', headers: tusHeaders })).status, 204)
  })
})

/** Sends the beginning of a body that was announced as longer, and then hangs up. */
async function breakOff(url: string, beginning: Buffer, length: number): Promise<void> {
  const headers = {
    ...tusHeaders,
    'upload-offset': '0',
    'content-type': 'application/offset+octet-stream',
    'content-length': length,
  }
  const sending = request(url, { method: 'PATCH', headers })
  sending.on('error', () => undefined)
  await new Promise<void>((resolve) => sending.write(beginning, () => resolve()))
  await new Promise((resolve) => sending.once('close', resolve).destroy())
}

/** A body whose length is not told beforehand. */
async function sendChunked(url: string, bytes: Buffer): Promise<Response> {
  const headers = { ...tusHeaders, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  const body = new Blob([new Uint8Array(bytes)]).stream()
  return await fetch(url, { method: 'PATCH', headers, body, duplex: 'half' } as RequestInit)
}
