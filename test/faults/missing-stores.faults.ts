/** Processes start before the stores they need, in any order, and keep running while a store is away: they say so, and go on when it is back. */
import assert from 'node:assert/strict'
import type { Service } from '#infra/local/system/service.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { testScenario } from './scenario.ts'
import { startScene, type Scene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

/** Much longer than a heartbeat to a lost server takes to fail. */
const noticedByMs = 120_000

interface Store {
  /** As a process names it in /health/ready. */
  readonly name: 'mongodb' | 'rabbitmq'
  readonly proxy: TcpProxy
}

testScenario('stores that come late or go away', { faults: { short: 3, long: 30 } }, async (faults) => {
  await using database = createTestDatabase()
  await using vhost = await createTestVhost()
  await using mongo = await createTcpProxy(database.url)
  await using rabbit = await createTcpProxy(vhost.url)
  const stores: readonly Store[] = [
    { name: 'rabbitmq', proxy: rabbit },
    { name: 'mongodb', proxy: mongo },
  ]
  // A replica set would tell the driver addresses that go past the proxy.
  const urls = { mongodbUrl: `${mongo.url}?directConnection=true`, rabbitmqUrl: rabbit.url }
  await using scene = await startScene({ stores: urls })
  const path = await makeSample(scene.directory, 'mp4-aac')
  for (let fault = 0; fault < faults; fault++) {
    const round = Math.floor(fault / 3)
    if (fault % 3 === 2) await startBefore(round % 2 === 0 ? stores : stores.toReversed(), scene, round)
    else await takeAway(stores[fault % 3]!, scene)
    await scene.order(path)
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  return verdict
})

/** Every process is started while both stores are away; those come back one after the other. */
async function startBefore(stores: readonly Store[], scene: Scene, round: number): Promise<void> {
  const services = servicesOf(scene)
  await Promise.all(services.map((service) => service.stop()))
  for (const { proxy } of stores) proxy.takeAway()
  await scene.strike([], async () => {
    // Each time another one is the first.
    const order = services.map((_, index) => services[(index + round) % services.length]!)
    const ready: string[] = []
    const starting = Promise.all(
      order.map(async (service) => {
        await service.restart()
        ready.push(service.name)
      }),
    )
    const [first, second] = stores as readonly [Store, Store]
    first.proxy.bringBack()
    // These two answer before they have started.
    const early = [scene.service('converter'), scene.service('mailer')]
    const what = `converter and mailer wait for ${second.name}`
    await waitUntil(what, () => allWaitFor(second, early), { withinMs: noticedByMs })
    assert.deepEqual(ready, [], 'nobody says that it is ready')
    second.proxy.bringBack()
    await starting
  })
}

async function takeAway(store: Store, scene: Scene): Promise<void> {
  const pids = scene.pids()
  // The router needs auth and media alone.
  const users = servicesOf(scene).filter(({ name }) => name !== 'router')
  await scene.strike([], async () => {
    store.proxy.takeAway()
    const what = `all but the router wait for ${store.name}`
    await waitUntil(what, () => allWaitFor(store, users), { withinMs: noticedByMs })
    store.proxy.bringBack()
    await scene.ready()
  })
  assert.deepEqual(scene.pids(), pids, 'no process of ours had to be started again')
}

const servicesOf = (scene: Scene): Service[] => [...scene.system.services.values()]

/** Whether each process says that it is not ready, and that it waits for this store alone. */
async function allWaitFor({ name }: Store, services: readonly Service[]): Promise<boolean> {
  const answers = await Promise.all(services.map(({ healthOrigin }) => askReadiness(healthOrigin)))
  return answers.every((answer) => answer?.status === 503 && answer.waitingFor.join() === name)
}

/** Undefined where nobody answers. */
async function askReadiness(origin: string) {
  try {
    const response = await fetch(`${origin}/health/ready`)
    const { waitingFor } = (await response.json()) as { readonly waitingFor: readonly string[] }
    return { status: response.status, waitingFor }
  } catch {
    return undefined
  }
}
