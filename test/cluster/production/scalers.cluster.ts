/** The scalers of production, as they are in the repository: HPAs by load, KEDA by the queue. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { startClusterScene } from '#test/cluster/cluster-scene.ts'
import { inNamespace } from '#test/cluster/install-earshot.ts'
import { production } from '#test/cluster/installation.ts'

const read = async (what: string, path: string): Promise<string> =>
  await kubectl([...inNamespace, 'get', what, '--output', `jsonpath={${path}}`])

const readNumber = async (what: string, path: string) => Number(await read(what, path))

/** metrics-server looks every 15 s, and so do scalers; a new pod is not counted at once. */
const patience = { withinMs: 600_000, everyMs: 1_000 }

describe('the scalers', () => {
  it('of router and media know their metrics, and more routers come under load', async () => {
    for (const name of ['router', 'media']) {
      const isActive = '.status.conditions[?(@.type=="ScalingActive")].status'
      const scaler = `horizontalpodautoscaler/${name}`
      await waitUntil(
        `${name}'s metrics are known`,
        async () => (await read(scaler, isActive)) === 'True',
        patience,
      )
      const used = await read(scaler, '.status.currentMetrics[*].resource.current.averageUtilization')
      assert.match(used, /^\d+( \d+)?$/)
    }
    await using scene = await startClusterScene(production)
    const before = await readNumber('deployment/router', '.spec.replicas')
    const ending = new AbortController()
    let asked = 0
    // Of a name of its own each, so that the router plans each anew.
    const ask = async () =>
      await scene.user.api.ask(`query Q${++asked} { me { id email emailVerified } }`).catch(() => undefined)
    const clients = Array.from({ length: 20 }, async () => {
      while (!ending.signal.aborted) await ask()
    })
    const isMore = async () => (await readNumber('deployment/router', '.status.readyReplicas')) > before
    await waitUntil('there are more routers', isMore, patience).finally(() => ending.abort())
    await Promise.all(clients)
  })

  it('of converters takes them from one to many and back around 20 jobs, and no job suffers', async () => {
    const replicas = async () => await readNumber('deployment/converter', '.spec.replicas')
    const isOne = async () => (await replicas()) === 1
    await waitUntil('there is one converter', isOne, patience)
    await using scene = await startClusterScene(production)
    // At once, so that they wait however fast a converter is.
    const ordering = scene.orderAtOnce(Array.from({ length: 20 }, () => scene.lengthy))
    let last = await waitUntil(
      'there are at least three converters',
      async () => {
        const now = await replicas()
        return now >= 3 && now
      },
      patience,
    )
    await ordering
    // Another job whenever converters go, as one of them may just have begun it.
    await waitUntil(
      'there is one converter again',
      async () => {
        const now = await replicas()
        if (now < last) await scene.order(scene.lengthy)
        last = now
        return now === 1
      },
      { ...patience, withinMs: 900_000 },
    )
    await scene.assertAllSucceeded()
  })
})
