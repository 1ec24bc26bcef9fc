import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'
import { follow, refusal, updates } from '#router/testing/live-client.ts'

describe('the live socket', () => {
  let rig: RouterRig
  let ada: string
  before(async () => {
    rig = await startRouterRig()
    ada = await rig.tokens.bearer('ada')
  })
  after(() => rig[Symbol.asyncDispose]())

  it('tells events whose fields come from both subgraphs', async () => {
    const client = rig.liveClient(ada)
    const events = follow(client)
    const snapshot = await events.next()
    assert.equal(snapshot.type, 'SNAPSHOT')
    assert.equal(snapshot.conversion.owner.email, 'ada@example.com')
    rig.feed.state('RUNNING')
    assert.equal((await events.next()).status, 'RUNNING')
    rig.feed.progress(40)
    assert.deepEqual((await events.next()).conversion.progress, { percent: 40 })
    assert.equal(rig.media.live.operations.at(-1)?.userId, 'ada')
    await client.dispose()
    await rig.feed.followers(0)
  })

  it('carries all clients over one connection to media, and lets go of what nobody follows', async () => {
    const clients = Array.from({ length: 10 }, () => rig.liveClient(ada))
    await Promise.all(clients.map((client) => follow(client).next()))
    assert.equal(rig.media.live.connections(), 1)
    for (const client of clients) await client.dispose()
    await rig.feed.followers(0)
  })

  it('runs queries and mutations too', async () => {
    const client = rig.liveClient(ada)
    const { value } = await client.iterate({ query: '{ me { id } }' }).next()
    assert.deepEqual(value, { data: { me: { id: 'ada' } } })
    const signIn = 'mutation { signIn(input: { email: "a@b.c", password: "x" }) { session { id } } }'
    const refused = await client.iterate({ query: signIn }).next()
    assert.equal(refused.value?.errors?.[0]?.extensions?.['code'], 'INVALID_CREDENTIALS')
    await client.dispose()
  })

  it('refuses what the subgraph refuses, with its code and its words', async () => {
    const client = rig.liveClient(ada)
    const query = 'subscription { conversionUpdated(id: "nobodys") { sequence } }'
    assert.deepEqual(await refusal(client, query), {
      code: 'NOT_FOUND',
      message: 'There is no such conversion.',
    })
    await client.dispose()
  })

  it('refuses what does not fit the schema, by Apollo codes', async () => {
    const client = rig.liveClient(ada)
    assert.equal((await refusal(client, 'subscription { nope }')).code, 'GRAPHQL_VALIDATION_FAILED')
    assert.equal((await refusal(client, 'subscription {')).code, 'GRAPHQL_PARSE_FAILED')
    assert.equal((await refusal(client, updates, {})).code, 'BAD_USER_INPUT')
    assert.equal((await refusal(client, 'subscription { __typename }')).code, 'GRAPHQL_VALIDATION_FAILED')
    await client.dispose()
  })

  it('refuses a subscription whose root field is conditional, and says so', async () => {
    const client = rig.liveClient(ada)
    const conditional =
      'subscription($x: Boolean = true) { conversionUpdated(id: "c1") @include(if: $x) { sequence } }'
    assert.deepEqual(await refusal(client, conditional), {
      code: 'BAD_REQUEST',
      message: 'The root field of a subscription may carry neither @skip nor @include.',
    })
    await client.dispose()
  })

  it('stops at twenty operations a connection', async () => {
    const client = rig.liveClient(ada)
    const open = Array.from({ length: 20 }, () => follow(client))
    await Promise.all(open.map((events) => events.next()))
    assert.equal((await refusal(client, updates, { id: 'c1' })).code, 'BAD_REQUEST')
    await client.dispose()
    await rig.feed.followers(0)
  })

  it('loses and repeats nothing when media restarts', async () => {
    const client = rig.liveClient(ada)
    const events = follow(client)
    const { sequence } = await events.next()
    await rig.restartMedia(() => {
      rig.feed.state('QUEUED')
      rig.feed.state('RUNNING')
    })
    const missed = [await events.next(), await events.next()]
    assert.deepEqual(
      missed.map((event) => [event.sequence, event.type, event.status]),
      [
        [sequence + 1, 'STATE', 'QUEUED'],
        [sequence + 2, 'STATE', 'RUNNING'],
      ],
    )
    rig.media.live.breakOff()
    rig.feed.state('SUCCEEDED')
    assert.equal((await events.next()).sequence, sequence + 3)
    await client.dispose()
    await rig.feed.followers(0)
  })

  it('goes on from where the client was when the client comes back by itself', async () => {
    const client = rig.liveClient(ada)
    const first = await follow(client).next()
    rig.feed.state('QUEUED')
    const again = follow(client, { after: first.sequence })
    assert.equal((await again.next()).sequence, first.sequence + 1)
    await rig.restartMedia(() => rig.feed.state('RUNNING'))
    assert.equal((await again.next()).sequence, first.sequence + 2)
    await client.dispose()
    await rig.feed.followers(0)
  })

  it('tells an event whose rest cannot be had, with the error at its place', async () => {
    const client = rig.liveClient(ada)
    const { value } = await client.iterate({ query: updates, variables: { id: 'c1:broken' } }).next()
    assert.equal(value?.data, null)
    assert.deepEqual(value?.errors?.[0]?.path, ['conversionUpdated', 'conversion', 'owner'])
    const [error] = value!.errors!
    assert.equal(error!.extensions?.['code'], 'INTERNAL_SERVER_ERROR')
    assert.deepEqual(error!.locations, [{ line: 2, column: 110 }])
    assert.match(String(error!.extensions?.['requestId']), /^[\da-f-]{36}$/)
    assert.doesNotMatch(JSON.stringify(value), /secret-detail/)
    await client.dispose()
    await rig.feed.followers(0)
  })

  it('waits for a media subgraph that is not there yet', async () => {
    const client = rig.liveClient(ada)
    let first: ReturnType<ReturnType<typeof follow>['next']> | undefined
    await rig.restartMedia(async () => {
      first = follow(client).next()
      await client.iterate({ query: '{ __typename }' }).next()
    })
    assert.equal((await first)?.type, 'SNAPSHOT')
    await client.dispose()
    await rig.feed.followers(0)
  })
})
