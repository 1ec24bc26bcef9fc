/** The broker and the database die under load and come back; no process of ours is started again for it. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startBroker } from '#infra/local/broker.ts'
import { startMongo } from '#infra/local/mongo/start-mongo.ts'
import { openPortBook } from '#infra/local/ports.ts'
import { setUp } from '#infra/local/set-up.ts'
import { silentSteps } from '#infra/local/steps.ts'
import { checkPromises } from '#test/faults/oracle.ts'
import { registerVerifiedUser } from '#test/faults/verified-user.ts'
import * as user from '#test/harness/api-user.ts'
import { startTestSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const kills = Number(process.env['FAULTS_STORE_KILLS'] ?? 2)

/** A broker and a database of the test's own, which it may kill. */
async function startStores(resources: AsyncDisposableStack) {
  const directory = await mkdtemp(join(tmpdir(), 'earshot-stores-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const ports = resources.use(await openPortBook({ file: join(directory, 'ports.json'), offset: 5_000 }))
  const { MONGODB_URL: _mongo, RABBITMQ_URL: _rabbit, ...env } = process.env
  const { mongo: found } = await setUp({ env, steps: silentSteps })
  if (found.kind === 'url') throw new Error('a given MongoDB must not be killed')
  const startAgain = {
    broker: () => startBroker({ directory, ports }),
    mongo: () => startMongo({ directory, ports, found }),
  }
  let [broker, mongo] = await Promise.all([startAgain.broker(), startAgain.mongo()])
  resources.defer(
    async () => void (await Promise.all([broker[Symbol.asyncDispose](), mongo[Symbol.asyncDispose]()])),
  )
  return {
    urls: { mongodbUrl: `${mongo.url.replace(/\/$/, '')}/earshot`, rabbitmqUrl: broker.url },
    async killBroker() {
      await broker.process.kill()
      await broker[Symbol.asyncDispose]()
      broker = await startAgain.broker()
    },
    async killMongo() {
      await mongo.process.kill()
      await mongo[Symbol.asyncDispose]()
      mongo = await startAgain.mongo()
    },
  }
}

it(`${kills} kills each of the broker and the database lose nothing and double nothing`, async (t) => {
  await using resources = new AsyncDisposableStack()
  const stores = await startStores(resources)
  const { system, directory, database } = resources.use(await startTestSystem({ stores: stores.urls }))
  const someone = await registerVerifiedUser(system.publicUrl, system.inbox!)
  const path = await makeSample(directory, 'mp4-aac')
  const accepted: string[] = []
  const order = async () => {
    const upload = await user.uploadFile(someone, path)
    accepted.push((await user.startConversion(someone, upload.id)).id)
  }
  for (let kill = 0; kill < kills; kill++) {
    for (const strike of [stores.killBroker, stores.killMongo]) {
      for (let job = 0; job < 3; job++) await order()
      // When a store dies is what the test is about: any moment will do.
      await delay(randomInt(0, 500))
      await strike()
      await Promise.all([...system.services.values()].map((service) => service.ready()))
    }
  }
  const documents = await checkPromises({
    user: someone,
    database,
    inbox: system.inbox!,
    directory,
    accepted,
  })
  t.diagnostic(`${accepted.length} accepted, ${documents.length} settled`)
  assert.ok(documents.every((document) => document.status === 'SUCCEEDED'))
})
