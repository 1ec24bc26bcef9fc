/** A router that the kernel kills at its limit of memory, under load. */
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { startClusterScene } from '#test/cluster/cluster-scene.ts'
import { becomesReady, inNamespace } from '#test/cluster/install-earshot.ts'
import { production } from '#test/cluster/installation.ts'

const routers = ['get', 'pods', '--selector=app.kubernetes.io/name=router', '--output']
const container = '.status.containerStatuses[0]'

interface PodMetrics {
  readonly metadata: { readonly name: string }
  readonly containers: readonly { readonly usage: { readonly memory: string } }[]
}

/** Of the router that uses least. New pods are not measured at once. */
async function usedMebibytes(): Promise<number> {
  return await waitUntil(
    'the routers are measured',
    async () => {
      const metrics = await kubectl(['get', '--raw', '/apis/metrics.k8s.io/v1beta1/namespaces/earshot/pods'])
      const { items } = JSON.parse(metrics) as { items: readonly PodMetrics[] }
      const ofRouters = items.filter(({ metadata }) => metadata.name.startsWith('router-'))
      const used = ofRouters.map(({ containers }) => Number.parseInt(containers[0]!.usage.memory) / 1024)
      return used.length > 0 && Math.round(Math.min(...used))
    },
    { withinMs: 120_000, everyMs: 1_000 },
  )
}

async function wasKilled(): Promise<boolean> {
  const path = `jsonpath={.items[*]${container}.lastState.terminated.reason} {.items[*]${container}.state.terminated.reason}`
  return (await kubectl([...inNamespace, ...routers, path])).includes('OOMKilled')
}

/** As many as there are: the HPA would else answer more memory by more routers. @returns what undoes it. */
async function holdReplicas(): Promise<AsyncDisposable> {
  const hpa = [...inNamespace, 'hpa/router']
  const limit = async (spec: object) =>
    await kubectl(['patch', ...hpa, '--type=merge', '--patch', JSON.stringify({ spec })])
  const { minReplicas, maxReplicas } = (
    JSON.parse(await kubectl(['get', ...hpa, '--output=json'])) as {
      spec: { minReplicas: number; maxReplicas: number }
    }
  ).spec
  await limit({ maxReplicas: minReplicas })
  return { [Symbol.asyncDispose]: async () => void (await limit({ maxReplicas })) }
}

/** Each is new to the router, and as long as it takes. */
const longOperation = () => `{ __typename } # ${randomUUID()}${'-'.repeat(30_000)}`

describe('a router at its limit of memory', () => {
  it('is killed and comes back, and no conversion is lost, doubled or left', async () => {
    await using scene = await startClusterScene(production)
    await using _held = await holdReplicas()
    // Hardly more than it needs to stand still.
    const memory = `${(await usedMebibytes()) + 8}Mi`
    const resources = { limits: { memory }, requests: { memory } }
    const patch = { spec: { template: { spec: { containers: [{ name: 'service', resources }] } } } }
    const ending = new AbortController()
    const orders = [scene.order(scene.short), scene.order(scene.lengthy)]
    await kubectl([...inNamespace, 'patch', 'deployment/router', '--patch', JSON.stringify(patch)])
    const clients = Array.from({ length: 20 }, async () => {
      while (!ending.signal.aborted) await scene.user.api.ask(longOperation()).catch(() => undefined)
    })
    try {
      await waitUntil('a router was killed for its memory', wasKilled, { withinMs: 300_000, everyMs: 500 })
      orders.push(scene.order(scene.short), scene.order(scene.lengthy))
    } finally {
      ending.abort()
      await Promise.all(clients)
      await kubectl([...inNamespace, 'rollout', 'undo', 'deployment/router'])
    }
    await becomesReady('deployment/router')
    await Promise.all(orders)
    await scene.assertAllSucceeded()
  })
})
