import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { follow } from '#router/testing/live-client.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

const query = '{ conversion(id: "c1:ada") { owner { email } } }'
const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' }

/** What auth, media's socket and media's bytes were told of a client that says it is elsewhere. */
async function addressesTold(rig: RouterRig) {
  const authorization = await rig.tokens.bearer('ada')
  await rig.query(query, { headers: { authorization, ...headers } })
  const overHttp = rig.auth.requests.at(-1)?.clientAddress
  const client = rig.liveClient(authorization, { headers })
  await follow(client).next()
  const onSocket = [rig.media.live.operations.at(-1)?.clientAddress, rig.auth.requests.at(-1)?.clientAddress]
  await client.dispose()
  await (await fetch(`${rig.origin}/downloads/link`, { headers })).arrayBuffer()
  return [overHttp, ...onSocket, rig.media.bytes.clientAddresses.at(-1)]
}

describe("a client's address", () => {
  let behindProxy: RouterRig
  let open: RouterRig
  before(async () => {
    open = await startRouterRig()
    behindProxy = await startRouterRig({ settings: { TRUSTED_PROXIES: 'loopback,10.0.0.0/8' } })
  })
  after(async () => {
    await open[Symbol.asyncDispose]()
    await behindProxy[Symbol.asyncDispose]()
  })

  it('is that of its connection at every subgraph, whatever it forges', async () => {
    assert.deepEqual(await addressesTold(open), ['127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1'])
  })

  it('is what a trusted proxy says, to requests, sockets and bytes alike', async () => {
    const address = '203.0.113.7'
    assert.deepEqual(await addressesTold(behindProxy), [address, address, address, address])
  })
})
