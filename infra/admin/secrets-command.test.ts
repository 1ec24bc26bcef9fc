import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Command } from 'commander'
import { services } from '#infra/local/system/services.ts'
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
