/** Every service is replaced under load, as a new version of it is: nothing is lost, doubled or left, and nobody is blamed. */
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, inNamespace, services } from './install-earshot.ts'

describe('a rolling update', () => {
  it('of every service loses, doubles and leaves nothing, and no conversion counts it as a failure', async () => {
    await using scene = await startClusterScene()
    for (const workload of services) {
      const ordering = Promise.all([scene.order(scene.short), scene.order(scene.lengthy)])
      await kubectl([...inNamespace, 'rollout', 'restart', workload])
      await becomesReady(workload)
      await ordering
    }
    await scene.assertAllSucceeded()
  })
})
