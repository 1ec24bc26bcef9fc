/** A broker and a database for one scenario, which it may kill. */
import { join } from 'node:path'
import { startBroker } from '#infra/local/system/broker.ts'
import { startMongo } from '#infra/local/mongo/start-mongo.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { silentSteps } from '#infra/local/machine/steps.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import type { SceneOptions } from './scene.ts'

export interface OwnStores extends AsyncDisposable {
  /** For `startScene`. */
  readonly options: Required<Pick<SceneOptions, 'stores' | 'managementUrl'>>
  /** SIGKILL, and a fresh start over the same files. */
  killBroker(): Promise<void>
  killMongo(): Promise<void>
}

export interface OwnStoresOptions {
  /** Where the database keeps its files. */
  readonly mongoDirectory?: string
  /** Added to the servers' environments. */
  readonly brokerEnv?: NodeJS.ProcessEnv
  readonly mongoEnv?: NodeJS.ProcessEnv
}

export async function startOwnStores({
  mongoDirectory,
  brokerEnv = {},
  mongoEnv = {},
}: OwnStoresOptions = {}): Promise<OwnStores> {
  await using resources = new AsyncDisposableStack()
  const { path: directory } = resources.use(await createTemporaryDirectory())
  const offset = 5_000
  const ports = resources.use(await openPortBook({ file: join(directory, 'ports.json'), offset }))
  const { MONGODB_URL: _mongo, RABBITMQ_URL: _rabbit, ...env } = process.env
  const { mongo: found } = await setUp({ env, steps: silentSteps })
  if (found.kind === 'url') throw new Error('a given MongoDB must not be killed')
  const start = {
    broker: () => startBroker({ directory, ports, management: true, env: brokerEnv }),
    mongo: () => startMongo({ directory: mongoDirectory ?? directory, ports, found, env: mongoEnv }),
  }
  let [broker, mongo] = await Promise.all([start.broker(), start.mongo()])
  resources.defer(async () => {
    await Promise.all([broker[Symbol.asyncDispose](), mongo[Symbol.asyncDispose]()])
  })
  const stores = { mongodbUrl: `${mongo.url.replace(/\/$/, '')}/earshot`, rabbitmqUrl: broker.url }
  const owned = resources.move()
  return {
    options: { stores, managementUrl: broker.managementUrl! },
    async killBroker() {
      await broker.process.kill()
      await broker[Symbol.asyncDispose]()
      broker = await start.broker()
    },
    async killMongo() {
      await mongo.process.kill()
      await mongo[Symbol.asyncDispose]()
      mongo = await start.mongo()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
