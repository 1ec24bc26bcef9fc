import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { it } from 'node:test'
import { statFields } from '#infra/local/processes/proc.ts'
import { startMongo } from '#infra/local/mongo/start-mongo.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { silentSteps } from '#infra/local/machine/steps.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'
import { createWrongClock } from './wrong-clock.ts'

/** Fields 14 and 15 of stat, user and system, in hundredths of a second (proc(5)). */
function cpuSeconds(pid: number): number {
  const fields = statFields(pid)
  return (Number(fields[11]) + Number(fields[12])) / 100
}

it('leaves an idle server idle: its waits last as long as they should', async () => {
  await using clock = await createWrongClock()
  await using directory = await createTemporaryDirectory()
  await using ports = await openPortBook({ file: join(directory.path, 'ports.json'), offset: 7_000 })
  const { MONGODB_URL: _, ...env } = process.env
  const { mongo: found } = await setUp({ env, steps: silentSteps })
  assert.ok(found.kind !== 'url')
  await using server = await startMongo({ directory: directory.path, ports, found, env: clock.env })
  const used = cpuSeconds(server.pid)
  await delay(3_000)
  assert.ok(cpuSeconds(server.pid) - used < 0.75, 'it waits without a loop')
})
