import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'
import { createByTus, head, patch, tusHeaders, uploadIn } from '#media/testing/media-client.ts'
import { createTestMedia, type TestMedia } from '#media/testing/running-media.ts'

describe('an upload asked for at another replica than its own', () => {
  let own: TestMedia
  let other: TestMedia
  let between: TcpProxy
  let bytes: Buffer
  const disposal = new AsyncDisposableStack()
  before(async () => {
    own = disposal.use(await createTestMedia())
    await own.start()
    between = disposal.use(await createTcpProxy(own.origin))
    other = disposal.use(
      await createTestMedia({
        ...own.settings,
        UPLOAD_DIRECTORY: join(own.directory, 'other-uploads'),
        REPLICA: 1,
        MEDIA_REPLICAS: [new URL(between.url).origin, 'http://127.0.0.1:1'],
      }),
    )
    await other.start()
    bytes = await readFile(await makeSample(own.directory, 'mp4-aac'))
  })
  after(() => disposal.disposeAsync())

  /** Creates it at its own replica; resolves to its address at the other one. */
  async function created(sizeBytes = bytes.length) {
    const response = await createByTus(own, 'user-1', sizeBytes)
    const publicUrl = response.headers.get('location')!
    assert.match(publicUrl, /\/uploads\/0\//)
    return { there: other.reach(publicUrl), here: own.reach(publicUrl) }
  }
  const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

  it('is received, resumed and finished there, on the disk of its own', async () => {
    const { there, here } = await created()
    const half = Math.floor(bytes.length / 2)
    const first = await patch(there, bytes.subarray(0, half))
    assert.equal(first.status, 204)
    assert.equal(first.headers.get('upload-offset'), String(half))
    assert.equal(first.headers.get('tus-resumable'), '1.0.0')
    assert.equal((await head(here)).headers.get('upload-offset'), String(half))
    assert.equal((await head(there)).headers.get('upload-offset'), String(half))
    assert.equal((await patch(there, bytes.subarray(half), half)).status, 204)
    const upload = await uploadIn(own, { sizeBytes: bytes.length }, 'READY', 'REJECTED')
    assert.equal(upload.status, 'READY')
    assert.equal(upload.replica, 0)
  })

  it('gets bytes as they come, and the end of a client that goes away', async () => {
    const { there, here } = await created(1_000_000)
    const sending = request(there, {
      method: 'PATCH',
      headers: {
        ...tusHeaders,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': 1_000_000,
      },
    })
    sending.on('error', () => undefined)
    sending.write(randomBytes(300_000))
    const received = async () =>
      Number((await own.database.collection('uploads').findOne({ sizeBytes: 1_000_000 }))?.['receivedBytes'])
    await once(sending, 'socket')
    await waitUntil('bytes have come', async () => (await received()) > 0, { everyMs: 5 })
    sending.destroy()
    // The lock of the broken request is given up, so that the client can go on.
    const offset = Number((await head(there)).headers.get('upload-offset'))
    assert.ok(offset > 0 && offset <= 300_000)
    assert.equal(Number((await head(here)).headers.get('upload-offset')), offset)
  })

  it('is answered 503 with Retry-After while its replica is away, and goes on when that is back', async () => {
    const { there } = await created()
    between.takeAway()
    const away = await patch(there, bytes)
    assert.equal(away.status, 503)
    assert.equal(away.headers.get('retry-after'), '1')
    assert.equal(await codeOf(away), 'SERVICE_UNAVAILABLE')
    // On the same connection: what was not passed on must not stand in the way of what comes next.
    assert.equal((await head(there)).status, 503)
    between.bringBack()
    assert.equal((await patch(there, bytes)).status, 204)
  })

  it('is not found when no replica has the number', async () => {
    for (const path of ['/uploads/2/secret', '/uploads/99/secret', '/uploads/-1/secret', '/uploads/x/secret'])
      assert.equal((await head(`${other.origin}${path}`)).status, 404, path)
  })

  it('keeps its address and its disk when its creation is repeated there', async () => {
    const metadata = { filename: 'talk.mp4', idempotencyKey: 'repeated' }
    const first = await createByTus(own, 'user-1', bytes.length, metadata)
    const second = await createByTus(other, 'user-1', bytes.length, metadata)
    assert.equal(second.status, 201)
    assert.equal(second.headers.get('location'), first.headers.get('location'))
    assert.deepEqual(await readdir(other.settings.UPLOAD_DIRECTORY), [])
  })

  it('takes no bytes under the number of the other', async () => {
    const { there } = await created()
    assert.equal((await patch(there.replace('/uploads/0/', '/uploads/1/'), bytes)).status, 404)
    assert.deepEqual(await readdir(other.settings.UPLOAD_DIRECTORY), [])
  })

  it('is not passed on twice, and a client that says it was gains nothing', async () => {
    const { there } = await created()
    const headers = { ...tusHeaders, 'x-earshot-forwarded-to': '1' }
    const response = await fetch(there, { method: 'HEAD', headers })
    assert.equal(response.status, 503)
    assert.ok(other.logged.some((line) => line.includes('wrong replica')))
  })

  it('leaves no secret in a log', async () => {
    const { there } = await created()
    await patch(there, bytes)
    const secret = there.split('/').at(-1)!
    assert.ok(![...own.logged, ...other.logged].some((line) => line.includes(secret)))
  })
})
