import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { follow, refusal, type Update } from '#router/testing/live-client.ts'
import { startRouterRig } from '#router/testing/router-rig.ts'

const query = '{ me { id } }'

describe('a client that asks for too much within seconds', () => {
  it('is put off by its address, over HTTP and on a socket, and told until when', async () => {
    await using rig = await startRouterRig({ settings: { COST_PER_SECOND_PER_ADDRESS: 1 } })
    assert.equal((await rig.query(query)).status, 200)
    const { status, headers, body } = await rig.query(query)
    assert.equal(status, 429)
    const { code, retryAfterMs } = body.errors![0]!.extensions
    assert.equal(code, 'TOO_MANY_REQUESTS')
    assert.equal(headers.get('retry-after'), String(Math.ceil(retryAfterMs! / 1_000)))
    const client = rig.liveClient(await rig.tokens.bearer('ada'))
    assert.equal((await refusal(client, query)).code, 'TOO_MANY_REQUESTS')
    await client.dispose()
  })

  it('is put off where it asks for bytes as well', async () => {
    await using rig = await startRouterRig({ settings: { COST_PER_SECOND_PER_ADDRESS: 1 } })
    assert.equal((await fetch(`${rig.origin}/downloads/link`, { method: 'HEAD' })).status, 200)
    for (const path of ['/downloads/link', '/uploads/0/guessed']) {
      const { status, headers } = await fetch(`${rig.origin}${path}`, { method: 'HEAD' })
      assert.equal(status, 429)
      assert.ok(Number(headers.get('retry-after')) > 0)
    }
  })

  it('is put off by its user, while another from the same address is answered', async () => {
    await using rig = await startRouterRig({ settings: { COST_PER_SECOND_PER_USER: 1 } })
    const as = async (user: string) => ({ headers: { authorization: await rig.tokens.bearer(user) } })
    const statuses: number[] = []
    for (const user of ['ada', 'ada', 'bob']) statuses.push((await rig.query(query, await as(user))).status)
    assert.deepEqual(statuses, [200, 429, 200])
  })
})

describe('the events of subscriptions', () => {
  it('come as their user can pay for them, whatever is told meanwhile, and the user is answered all the same', async () => {
    await using rig = await startRouterRig({ settings: { COST_PER_SECOND_PER_USER: 10 } })
    const authorization = await rig.tokens.bearer('ada')
    const client = rig.liveClient(authorization)
    const events = follow(client)
    const seen: Update[] = []
    const following = (async () => {
      for (;;) seen.push(await events.next())
    })().catch(() => undefined)
    await rig.feed.followers(1)
    // Each is on its way by the time that somebody else has been answered.
    for (let percent = 1; percent <= 60; percent++) {
      rig.feed.progress(percent)
      await rig.query(query)
    }
    assert.ok(seen.length < 40, String(seen.length))
    assert.equal((await rig.query(query, { headers: { authorization } })).status, 200)
    await client.dispose()
    await following
  })
})

describe('an operation that does not fit the schema', () => {
  it('is told what was meant in development alone', async () => {
    for (const [development, pattern] of [
      [true, /Did you mean/],
      [false, /^(?!.*Did you mean)/],
    ] as const) {
      await using rig = await startRouterRig({ development })
      assert.match((await rig.query('{ mee { id } }')).body.errors![0]!.message, pattern)
    }
  })
})
