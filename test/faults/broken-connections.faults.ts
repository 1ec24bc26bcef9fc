/** The connections between each two of our processes break in every way a network breaks, while the work goes on. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { serviceEnvironment, type ServiceKind } from '#infra/local/system/services.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { testScenario } from './scenario.ts'
import { startScene, type Scene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'

/** Who talks to whom: each by the setting that says where. */
const arrows: Readonly<Record<ServiceKind, readonly string[]>> = {
  auth: ['MONGODB_URL', 'RABBITMQ_URL'],
  media: ['MONGODB_URL', 'RABBITMQ_URL', 'AUTH_URL'],
  converter: ['MONGODB_URL', 'RABBITMQ_URL'],
  mailer: ['MONGODB_URL', 'RABBITMQ_URL', 'AUTH_URL', 'SMTP_URL'],
  router: ['AUTH_URL', 'MEDIA_URL'],
}

/** How a connection breaks, for how long, and how it comes back. */
const breaks: readonly ((proxy: TcpProxy) => Promise<void>)[] = [
  async (proxy) => proxy.cut(),
  async (proxy) => {
    proxy.loseReplies()
    await delay(500)
    proxy.cut()
  },
  async (proxy) => {
    proxy.takeAway()
    await delay(2_000)
    proxy.bringBack()
  },
  async (proxy) => {
    proxy.fallSilent()
    await delay(3_000)
    proxy.cut()
  },
]

/** Starts every process anew with a proxy on each of its arrows. */
async function putProxies(scene: Scene, resources: AsyncDisposableStack): Promise<TcpProxy[]> {
  const proxies: TcpProxy[] = []
  for (const [kind, settings] of Object.entries(arrows) as [ServiceKind, readonly string[]][]) {
    const direct = serviceEnvironment(kind, kind, scene.system.deployment)
    const proxied: NodeJS.ProcessEnv = {}
    for (const name of settings) {
      const proxy = resources.use(await createTcpProxy(direct[name]!))
      proxies.push(proxy)
      // A replica set would tell the driver addresses that go past the proxy.
      const past = name === 'MONGODB_URL' ? '?directConnection=true' : ''
      proxied[name] = `${proxy.url.replace(/\/$/, '')}${past}`
    }
    await scene.service(kind).restart(proxied)
  }
  return proxies
}

testScenario('connections broken between each two', { faults: { short: 26, long: 260 } }, async (faults) => {
  await using resources = new AsyncDisposableStack()
  const scene = resources.use(await startScene())
  const proxies = await putProxies(scene, resources)
  const path = await makeSample(scene.directory, 'mp4-aac')
  const pids = scene.pids()
  for (let fault = 0; fault < faults; fault++) {
    const ordering = scene.order(path)
    // When a connection breaks is what the test is about: any moment will do.
    await delay(randomInt(0, 1_000))
    const round = Math.floor(fault / proxies.length)
    const breakIt = breaks[(fault + round) % breaks.length]!
    await scene.strike([], () => breakIt(proxies[fault % proxies.length]!))
    await ordering
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  assert.deepEqual(scene.pids(), pids, 'no process of ours had to be started again')
  return verdict
})
