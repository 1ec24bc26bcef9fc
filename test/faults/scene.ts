/** A system under load with a client that orders conversions: what every fault scenario runs on. */
import assert from 'node:assert/strict'
import type { Db } from 'mongodb'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Inbox } from '#infra/local/system/inbox.ts'
import type { Service } from '#infra/local/system/service.ts'
import type { System } from '#infra/local/system/system.ts'
import type { Strike } from './aftermath.ts'
import { judge, type Verdict } from './oracle.ts'
import { order, type Order } from './patient-client.ts'
import { isLongRun } from './scenario.ts'
import { tellWhatIsOpen } from './tell-what-is-open.ts'
import { registerVerifiedUser } from './verified-user.ts'
import type { ApiUser } from '#test/harness/api-user.ts'
import { startTestSystem, type TestSystemOptions } from '#test/harness/running-system.ts'
import { shortPeriods } from '#test/harness/short-periods.ts'

export interface Scene extends AsyncDisposable {
  readonly system: System
  readonly directory: string
  readonly database: Db
  readonly inbox: Inbox
  readonly user: ApiUser
  /** Aborted when the scene is disposed of, so that nothing goes on waiting. */
  readonly signal: AbortSignal
  service(name: string): Service
  /** The process ids of our services; undefined for one that is down. */
  pids(): readonly (number | undefined)[]
  /** Resolves when every process of ours says that it is ready. */
  ready(): Promise<void>
  /** Orders a conversion of the file as a patient client would, and watches it; resolves to its id when it is accepted. */
  order(path: string): Promise<string>
  /** Resolves when the subscriber of an order was told that it is finished. */
  finished(id: string): Promise<void>
  /** The conversions that a process holds a lease on now. */
  heldBy(service: Service): Promise<readonly ConversionDocument[]>
  /** Records a fault and what it interrupted. `untilWell` resolves when the system works again, and the time it took is recorded. */
  strike(interrupted?: readonly ConversionDocument[], untilWell?: () => Promise<unknown>): Promise<void>
  /** Waits until everything that was ordered is finished, and checks every promise. */
  judge(): Promise<Verdict>
}

export interface SceneOptions extends TestSystemOptions {
  /** Of the broker, where it is not the test run's own. */
  readonly managementUrl?: string
}

export async function startScene({ managementUrl, ...options }: SceneOptions = {}): Promise<Scene> {
  await using started = new AsyncDisposableStack()
  // Another version, and the long run, have the product's own.
  const periods = isLongRun || options.root !== undefined ? {} : { serviceEnv: shortPeriods }
  const { system, directory, database } = started.use(await startTestSystem({ ...periods, ...options }))
  const inbox = system.inbox
  assert.ok(inbox, 'a scene has an inbox of its own')
  const user = await registerVerifiedUser(system.publicUrl, inbox)
  const orders: (Order & { readonly name: string })[] = []
  const strikes: Strike[] = []
  const stage = { system, directory, database, inbox, user }
  const rabbit = { amqpUrl: system.deployment.rabbitmqUrl, managementUrl }
  let ordered = 0
  const open = new Set<string>()
  started.use(tellWhatIsOpen(system, database, () => [...open]))
  const ending = new AbortController()
  started.defer(() => ending.abort(new Error('the scene is over')))
  const owned = started.move()
  return {
    ...stage,
    signal: ending.signal,
    service(name) {
      const found = system.services.get(name)
      assert.ok(found, `there is no ${name}`)
      return found
    },
    async ready() {
      await Promise.all([...system.services.values()].map((service) => service.ready()))
    },
    pids: () => [...system.services.values()].map(({ pid }) => pid),
    async order(path) {
      const name = `job-${String(++ordered).padStart(4, '0')}`
      open.add(name)
      const placed = await order(user, path, `${name}.mp4`, ending.signal)
      orders.push({ ...placed, name })
      const close = () => void open.delete(name)
      placed.told.then(close, close)
      return placed.id
    },
    finished: async (id) => void (await orders.find((placed) => placed.id === id)?.told),
    async heldBy({ pid }) {
      const running = await database
        .collection<ConversionDocument>('conversions')
        .find({ status: 'RUNNING' })
        .toArray()
      return running.filter(({ lease }) => lease?.workerId.includes(`-${pid}-`))
    },
    async strike(interrupted = [], untilWell) {
      const at = new Date()
      await untilWell?.()
      const wellAfterMs = untilWell === undefined ? null : Date.now() - at.getTime()
      strikes.push({ at, interrupted: interrupted.map(({ _id }) => _id), wellAfterMs })
    },
    judge: () => judge({ ...stage, rabbit, orders, strikes }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
