import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { publicUrl, startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

const elsewhere = 'https://app.example'

describe('a page of another origin', () => {
  let rig: RouterRig
  before(async () => {
    rig = await startRouterRig({ settings: { ALLOWED_ORIGINS: `${elsewhere}, https://other.example` } })
  })
  after(() => rig[Symbol.asyncDispose]())

  const preflight = (path: string, origin: string, method = 'POST') =>
    fetch(`${rig.origin}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method },
    })
  const allowedFor = (response: Response) => response.headers.get('access-control-allow-origin')

  it('may use GraphQL, uploads and downloads by one rule where it is allowed', async () => {
    for (const origin of [elsewhere, publicUrl]) {
      for (const [path, method] of [
        ['/graphql', 'POST'],
        ['/uploads', 'POST'],
        ['/uploads/0/secret', 'PATCH'],
        ['/downloads/link', 'GET'],
      ] as const) {
        const response = await preflight(path, origin, method)
        assert.deepEqual([response.status, allowedFor(response)], [204, origin], path)
        assert.match(response.headers.get('access-control-allow-methods')!, new RegExp(method))
      }
    }
    const headers = { origin: elsewhere }
    const { headers: answer } = await rig.query('{ me { id } }', { headers })
    assert.equal(answer.get('access-control-allow-origin'), elsewhere)
    const created = await fetch(`${rig.origin}/uploads`, { method: 'POST', headers })
    assert.equal(allowedFor(created), elsewhere)
    assert.match(created.headers.get('access-control-expose-headers')!, /location.*upload-offset/)
    await (await fetch(`${rig.origin}/downloads/link`, { headers })).arrayBuffer()
  })

  it('is refused everywhere where it is not', async () => {
    for (const origin of ['https://evil.test', 'null', `${elsewhere}.evil.test`]) {
      for (const path of ['/graphql', '/uploads', '/downloads/link', '/nowhere']) {
        const response = await preflight(path, origin)
        assert.deepEqual([response.status, allowedFor(response)], [400, null], path)
      }
      const plain = await fetch(`${rig.origin}/downloads/link`, { headers: { origin } })
      assert.equal(allowedFor(plain), null)
      await plain.arrayBuffer()
    }
  })

  it('may open a WebSocket where it is allowed', async () => {
    const client = rig.liveClient(undefined, { origin: elsewhere })
    const { value } = await client.iterate({ query: '{ me { id } }' }).next()
    assert.deepEqual(value, { data: { me: null } })
    await client.dispose()
    const evil = rig.liveClient(undefined, { origin: 'https://evil.test' })
    await assert.rejects(evil.iterate({ query: '{ me { id } }' }).next(), ({ message }: Error) => {
      assert.match(message, /403/)
      return true
    })
  })
})
