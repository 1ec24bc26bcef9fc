import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { after, before, describe, it } from 'node:test'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

let rig: RouterRig
before(async () => {
  rig = await startRouterRig()
})
after(() => rig[Symbol.asyncDispose]())

describe('downloads', () => {
  it('come whole, or as the range that was asked for', async () => {
    const whole = await fetch(`${rig.origin}/downloads/link`)
    assert.equal(whole.status, 200)
    assert.equal((await whole.arrayBuffer()).byteLength, 10_000)
    const part = await fetch(`${rig.origin}/downloads/link`, { headers: { range: 'bytes=13-17' } })
    assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 13-17/10000'])
    assert.equal(await part.text(), '34567')
  })

  it('end their connection when the client asks for it, and keep it otherwise', async () => {
    for (const [keepAlive, expected] of [
      [false, 'close'],
      [true, 'keep-alive'],
    ] as const) {
      const agent = new Agent({ keepAlive })
      const request = httpRequest(`${rig.origin}/downloads/link`, { agent }).end()
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      assert.equal(response.resume().headers.connection, expected)
      await once(response, 'end')
      agent.destroy()
    }
  })

  it('stop at media when the client leaves', async () => {
    const [[served], response] = await Promise.all([
      once(rig.media.bytes.events, 'download') as Promise<[ServerResponse]>,
      fetch(`${rig.origin}/downloads/endless`),
    ])
    await Promise.all([once(served, 'close'), response.body?.cancel()])
    assert.equal(served.writableFinished, false)
  })

  it('are begun after others that failed, were refused, or that nobody waited for', async () => {
    await using narrow = await startRouterRig({ settings: { DOWNLOADS_BEGUN_AT_ONCE: 1 } })
    for (const path of ['/downloads/link', '/downloads/..%2fgraphql', '/downloads/nowhere/%2e%2e']) {
      const left = httpRequest(narrow.origin, { path }).on('error', () => undefined)
      await once(left.end(), 'finish')
      left.destroy()
      const refused = httpRequest(narrow.origin, { path }).end()
      const [answer] = (await once(refused, 'response')) as [IncomingMessage]
      await once(answer.resume(), 'end')
    }
    await narrow.restartMedia(async () => {
      assert.equal((await fetch(`${narrow.origin}/downloads/link`)).status, 503)
    })
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${narrow.origin}/downloads/link`)))
    for (const answer of answers) assert.equal((await answer.arrayBuffer()).byteLength, 10_000)
  })

  it('lead nowhere else in the subgraph', async () => {
    const paths = ['/downloads/..%2fgraphql', '/downloads/%2e%2e/graphql', '/downloads/..%5cgraphql']
    for (const path of paths) {
      const status = await new Promise((resolve, reject) => {
        httpRequest(rig.origin, { path }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end()
      })
      assert.ok(status === 400 || status === 404 || status === 405, `${path} answered ${String(status)}`)
    }
  })
})

describe('uploads', () => {
  it('pass with their address and without what only a service may say', async () => {
    const response = await fetch(`${rig.origin}/uploads`, {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': '10',
        'x-request-id': 'request-0123456789',
        'x-earshot-assertion': 'forged',
        'x-forwarded-for': '1.2.3.4',
        'x-forwarded-host': 'evil.test',
        forwarded: 'host=evil.test',
      },
    })
    assert.equal(response.status, 201)
    assert.equal(response.headers.get('location'), 'https://earshot.test/uploads/0/secret')
    const headers = rig.media.bytes.uploads.at(-1)!
    assert.equal(headers['x-request-id'], response.headers.get('x-request-id'))
    assert.notEqual(headers['x-request-id'], 'request-0123456789', 'the router gives its own')
    assert.equal(headers['tus-resumable'], '1.0.0')
    assert.notEqual(headers['x-earshot-assertion'], 'forged')
    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded']) {
      assert.equal(headers[name], undefined, name)
    }
    assert.equal(headers['host'], new URL(rig.media.origin).host)
  })

  it('pass whatever their size and type, byte for byte, and are never logged by address', async () => {
    const sizeBytes = 64 * 1024 * 1024
    const chunk = Buffer.alloc(64 * 1024, 'earshot')
    const expected = createHash('sha256')
    const source = function* () {
      for (let sent = 0; sent < sizeBytes; sent += chunk.length) {
        expected.update(chunk)
        yield chunk
      }
    }
    const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
      const upload = httpRequest(
        `${rig.origin}/uploads/0/the-secret`,
        {
          method: 'PATCH',
          headers: { 'content-type': 'text/plain', 'content-length': sizeBytes, expect: '100-continue' },
        },
        (response) => resolve(response.resume().headers),
      )
      pipeline(Readable.from(source()), upload).catch(reject)
    })
    assert.equal(headers['upload-offset'], String(sizeBytes))
    assert.equal(headers['x-sha256'], expected.digest('hex'))
    assert.doesNotMatch(rig.logged.join(), /the-secret/)
  })

  it('break off at media when the client breaks off, so that they can be resumed', async () => {
    const first = rig.logged.length
    const upload = httpRequest(`${rig.origin}/uploads/0/x`, {
      method: 'PATCH',
      headers: { 'content-length': 1_000_000 },
    })
    upload.on('error', () => undefined)
    upload.write(Buffer.alloc(1000))
    const [received] = (await once(rig.media.bytes.events, 'upload')) as [IncomingMessage]
    const broken = new Promise((resolve) => received.socket.once('close', resolve))
    upload.destroy()
    await broken
    assert.equal(received.complete, false)
    await waitUntil('the router has noticed', () =>
      rig.logged.some((line) => line.includes('a client went away')),
    )
    const since = rig.logged.slice(first).join()
    assert.doesNotMatch(since, /"stack"/, 'who breaks off is no fault of ours')
  })

  it('are answered 503 in the shape that media has for bytes while media is away, as downloads are', async () => {
    await rig.restartMedia(async () => {
      for (const [method, path] of [
        ['PATCH', '/uploads/0/the-secret'],
        ['GET', '/downloads/the-secret'],
      ] as const) {
        const response = await fetch(rig.origin + path, { method })
        assert.equal(response.status, 503)
        assert.equal(response.headers.get('retry-after'), '1')
        const { meaning: message } = errorCodes.SERVICE_UNAVAILABLE
        assert.deepEqual(await response.json(), { code: 'SERVICE_UNAVAILABLE', message }, path)
      }
    })
    assert.doesNotMatch(rig.logged.join(), /the-secret/)
  })
})
