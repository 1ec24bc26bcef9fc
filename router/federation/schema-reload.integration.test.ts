import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'
import { follow, refusal, updates } from '#router/testing/live-client.ts'

describe('a schema that changes while clients are subscribed', () => {
  let folder: TemporaryDirectory
  let supergraphFile: string
  let original: string
  let rig: RouterRig
  before(async () => {
    folder = await createTemporaryDirectory()
    supergraphFile = join(folder.path, 'supergraph.graphql')
    original = await readFile(new URL(import.meta.resolve('#schema/generated/supergraph.graphql')), 'utf8')
    await writeFile(supergraphFile, original)
    rig = await startRouterRig({ supergraphFile })
  })
  after(async () => {
    await rig[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  const hasField = async (type: string, field: string) => {
    const query = 'query($type: String!) { __type(name: $type) { fields { name } } }'
    const { body } = await rig.query(query, { variables: { type } })
    const { fields } = (body.data as { __type: { fields: { name: string }[] } }).__type
    return fields.some(({ name }) => name === field)
  }
  const replaceSchema = async (from: string, to: string, [type, field]: [string, string]) => {
    assert.ok(original.includes(from))
    await writeFile(supergraphFile, original.replace(from, to))
    await waitUntil(`${type} has the field ${field}`, () => hasField(type, field))
  }

  it('keeps subscriptions that still fit it, ends those that do not, and survives nonsense', async () => {
    const client = rig.liveClient(await rig.tokens.bearer('ada'))
    const events = follow(client)
    await events.next()
    const opened = rig.media.live.operations.length

    await replaceSchema(
      'type Tag\n  @join__type(graph: MEDIA)\n{',
      'type Tag\n  @join__type(graph: MEDIA)\n{\n  extra: String\n',
      ['Tag', 'extra'],
    )
    rig.feed.state('RUNNING')
    assert.deepEqual((await events.next()).conversion.owner, {
      email: 'ada@example.com',
      emailVerified: true,
    })
    assert.equal(rig.media.live.operations.length, opened, 'the live operation was not opened again')

    await writeFile(supergraphFile, 'nonsense')
    const isLogged = () => rig.logged.some((line) => line.includes('"task":"schema reload"'))
    await waitUntil('the failed reload is logged', isLogged)
    rig.feed.state('QUEUED')
    assert.equal((await events.next()).status, 'QUEUED')

    await replaceSchema('conversionUpdated(', 'conversionChanged(', ['Subscription', 'conversionChanged'])
    const ended = events.next().catch((errors: unknown) => errors as [{ extensions: { code: string } }])
    rig.feed.state('RUNNING')
    const errors = await ended
    assert.ok(Array.isArray(errors))
    assert.equal(errors[0].extensions.code, 'SERVICE_UNAVAILABLE')
    assert.equal((await refusal(client, updates, { id: 'c1' })).code, 'GRAPHQL_VALIDATION_FAILED')
    await client.dispose()
  })
})
