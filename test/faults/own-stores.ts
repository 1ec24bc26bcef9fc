/** A broker, or a database, of a scenario's own, which it may kill; the other is the test run's, as another takes a core for seconds to start. */
import { join } from 'node:path'
import { startBroker } from '#infra/local/system/broker.ts'
import { startMongo } from '#infra/local/mongo/start-mongo.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { silentSteps } from '#infra/local/machine/steps.ts'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'

export interface OwnStore extends AsyncDisposable {
  readonly url: string
  /** SIGKILL, and a fresh start over the same files. */
  kill(): Promise<void>
}

export interface OwnBroker extends OwnStore {
  readonly managementUrl: string
}

interface OwnStoreOptions {
  /** Added to the server's environment. */
  readonly env?: NodeJS.ProcessEnv
}

export async function startOwnBroker({ env = {} }: OwnStoreOptions = {}): Promise<OwnBroker> {
  await using resources = new AsyncDisposableStack()
  const place = resources.use(await findPlace())
  const start = () => startBroker({ ...place, management: true, env })
  let broker = await start()
  resources.defer(() => broker[Symbol.asyncDispose]())
  const owned = resources.move()
  return {
    url: broker.url,
    managementUrl: broker.managementUrl!,
    async kill() {
      await broker.process.kill()
      await broker[Symbol.asyncDispose]()
      broker = await start()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** @param options.directory Where it keeps its files. */
export async function startOwnMongo({
  env = {},
  directory,
}: OwnStoreOptions & { readonly directory?: string } = {}): Promise<OwnStore> {
  await using resources = new AsyncDisposableStack()
  const place = resources.use(await findPlace())
  const { MONGODB_URL: _mongo, RABBITMQ_URL: _rabbit, ...others } = process.env
  const { mongo: found } = await setUp({ env: others, steps: silentSteps })
  if (found.kind === 'url') throw new Error('a given MongoDB must not be killed')
  const start = () => startMongo({ ...place, directory: directory ?? place.directory, found, env })
  let mongo = await start()
  resources.defer(() => mongo[Symbol.asyncDispose]())
  const owned = resources.move()
  return {
    url: `${mongo.url.replace(/\/$/, '')}/earshot`,
    async kill() {
      await mongo.process.kill()
      await mongo[Symbol.asyncDispose]()
      mongo = await start()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function findPlace() {
  await using resources = new AsyncDisposableStack()
  const { path: directory } = resources.use(await createTemporaryDirectory())
  const ports = resources.use(await openPortBook({ file: join(directory, 'ports.json'), offset: 5_000 }))
  const owned = resources.move()
  return { directory, ports, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
