import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { refusal } from '#router/testing/live-client.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

/** Plans as many steps as there are paths through it: two more for each of the fragments. */
const explosive = [
  'me { ...F0 } }',
  ...Array.from({ length: 13 }, (_, level) => {
    const path = `conversions { edges { node { owner { ...F${level + 1} } } } }`
    return `fragment F${level} on User { ${path} ${path} }`
  }),
  'fragment F13 on User { id }',
].join(' ')

const withoutId = ({ requestId: _requestId, ...extensions }: { requestId: string }) => extensions

describe('an operation that is larger than one may be', () => {
  let rig: RouterRig
  before(async () => {
    rig = await startRouterRig()
  })
  after(() => rig[Symbol.asyncDispose]())

  it('is refused over HTTP before any subgraph is asked, and its refusal says by which limit', async () => {
    const { status, body } = await rig.query(`{ ${explosive}`)
    assert.equal(status, 400)
    const [error] = body.errors!
    assert.deepEqual(withoutId(error!.extensions), {
      code: 'OPERATION_LIMIT_EXCEEDED',
      limit: 'fields',
      allowed: 600,
      actual: null,
    })
    assert.match(error!.message, /more than 600 fields/)
    assert.deepEqual(rig.auth.requests, [])
  })

  it('is refused on a socket, as a query and as a subscription', async () => {
    const client = rig.liveClient(await rig.tokens.bearer('ada'))
    const subscription = `subscription { conversionUpdated(id: "c1:ada") { conversion { owner { ...F0 } } } } ${explosive.slice('me { ...F0 } }'.length)}`
    for (const query of [`{ ${explosive}`, subscription])
      assert.equal((await refusal(client, query)).code, 'OPERATION_LIMIT_EXCEEDED')
    await client.dispose()
  })

  it('is refused by its length over HTTP and on a socket, and is as large as the settings say', async () => {
    const query = `subscription { conversionUpdated(id: "c1:ada") { status } } #${'x'.repeat(40_000)}`
    const bytes = { code: 'OPERATION_LIMIT_EXCEEDED', limit: 'bytes', allowed: 32_768, actual: query.length }
    assert.deepEqual(withoutId((await rig.query(query)).body.errors![0]!.extensions), bytes)
    const client = rig.liveClient(await rig.tokens.bearer('ada'))
    assert.equal((await refusal(client, query)).code, 'OPERATION_LIMIT_EXCEEDED')
    await client.dispose()
    await using narrow = await startRouterRig({ settings: { OPERATION_FIELDS: 2 } })
    const { body } = await narrow.query('{ me { id email } }')
    assert.deepEqual(withoutId(body.errors![0]!.extensions), {
      code: 'OPERATION_LIMIT_EXCEEDED',
      limit: 'fields',
      allowed: 2,
      actual: null,
    })
  })

  it('is refused where a number of it is infinite, as the planner would not get over it', async () => {
    const order =
      'startConversion(input: { uploadId: "a", idempotencyKey: "b", output: { loudness: { targetLufs: -1e999 } } })'
    const { status, body } = await rig.query(`mutation { ${order} { conversion { id } } }`)
    assert.deepEqual([status, body.errors?.[0]?.extensions.code], [400, 'BAD_USER_INPUT'])
  })
})
