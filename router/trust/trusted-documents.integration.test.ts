import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { print } from 'graphql'
import { MeDocument, SignInDocument } from '#schema/generated/operations.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { refusal } from '#router/testing/live-client.ts'
import { startRouterRig, type RouterRig } from '#router/testing/router-rig.ts'

const command = fileURLToPath(new URL('write-manifest.ts', import.meta.url))

describe('a router that runs trusted documents only', () => {
  const resources = new AsyncDisposableStack()
  let rig: RouterRig
  before(async () => {
    const { path } = resources.use(await createTemporaryDirectory())
    const { stdout } = await promisify(execFile)(process.execPath, [command])
    const manifest = join(path, 'manifest.json')
    await writeFile(manifest, stdout)
    rig = resources.use(await startRouterRig({ settings: { TRUSTED_DOCUMENTS: manifest } }))
  })
  after(() => resources.disposeAsync())

  const isRefused = async (query: string, variables = {}) =>
    (await rig.query(query, { variables })).body.errors?.[0]?.extensions.code === 'OPERATION_NOT_TRUSTED'

  it('runs those of our own clients and pages, however they are laid out', async () => {
    assert.deepEqual((await rig.query(print(MeDocument))).body, { data: { me: null } })
    assert.equal(await isRefused('query Me{me{id email emailVerified}}'), false)
    const [operation, ...fragments] = SignInDocument.definitions.map((definition) => print(definition))
    const input = { input: { email: 'a@b.c', password: 'x' } }
    assert.equal(await isRefused([...fragments, operation].join('\n'), input), false)
    for (const page of ['verify-email', 'reset-password']) {
      const html = await readFile(new URL(import.meta.resolve(`#router/pages/${page}.html`)), 'utf8')
      const [, query] = /'(mutation \w+.*)'/.exec(html) ?? []
      assert.equal(await isRefused(query!), false, page)
    }
  })

  it('refuses any other, over HTTP and on a socket', async () => {
    for (const query of ['{ me { id } }', 'query Me { me { id } }', '{ __typename }', '{'])
      assert.equal(await isRefused(query), true, query)
    const client = rig.liveClient(await rig.tokens.bearer('ada'))
    assert.equal((await refusal(client, '{ me { id } }')).code, 'OPERATION_NOT_TRUSTED')
    await client.dispose()
  })
})
