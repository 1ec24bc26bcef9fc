import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'node:test'
import { Command } from 'commander'
import { services } from '#infra/local/system/services.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { addSecretsCommand } from './secrets-command.ts'

async function run(...options: string[]): Promise<Map<string, string>> {
  const program = new Command()
  let written = ''
  addSecretsCommand(program, { write: (text: string) => ((written += text), true) })
  await program.parseAsync(['secrets', ...options], { from: 'user' })
  // As `kubectl create secret --from-env-file` takes them: a line each, without quotes.
  return new Map(
    written
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s, 2) as [string, string]),
  )
}

it('earshot admin secrets prints every key that a process needs, and others each time', async () => {
  const [first, second] = [await run(), await run()]
  const wanted = new Set(Object.values(services).flatMap(({ secrets }) => secrets))
  assert.deepEqual(new Set(first.keys()), wanted)
  for (const [name, value] of first) assert.notEqual(second.get(name), value)
  assert.equal((JSON.parse(first.get('AUTH_SIGNING_KEYS')!) as unknown[]).length, 1)
})

it('earshot admin secrets --stores prints passwords besides, which fit into a URL as they are', async () => {
  const made = await run('--stores')
  for (const name of ['MONGODB_ROOT_PASSWORD', 'MONGODB_PASSWORD', 'RABBITMQ_PASSWORD', 'GRAFANA_PASSWORD'])
    assert.match(made.get(name) ?? '', /^[\w-]{43}$/)
  assert.ok(made.has('LINK_KEYS'))
})

it('earshot admin secrets --kubernetes writes a file for each Secret, for its owner alone, and replaces none', async () => {
  await using folder = await createTemporaryDirectory()
  await run('--kubernetes', folder.path, '--members', '2')
  const files = await readdir(folder.path)
  assert.deepEqual(files.toSorted(), ['earshot-keda.env', 'earshot-stores.env', 'earshot.env'])
  const read = async (name: string) => {
    const file = join(folder.path, name)
    assert.equal((await stat(file)).mode & 0o077, 0)
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2) as [string, string]))
  }
  const [own, stores, keda] = await Promise.all(
    ['earshot.env', 'earshot-stores.env', 'earshot-keda.env'].map(read),
  )
  const mongo = own!['MONGODB_URL']!.replaceAll(/mongodb-\d\.mongodb-members/g, 'host')
  assert.equal(mongo.split('host').length, 3)
  assert.ok(mongo.startsWith(`mongodb://earshot:${stores!['MONGODB_PASSWORD']}@host`))
  for (const url of [own!['RABBITMQ_URL']!, keda!['KEDA_RABBITMQ_URL']!])
    assert.equal(new URL(url).password, stores!['RABBITMQ_PASSWORD'])
  assert.match(stores!['MONGODB_KEY']!, /^[A-Za-z0-9+/]{128}$/)
  await assert.rejects(run('--kubernetes', folder.path), /is there already/)
})
