/** A pod of each kind is killed under load: nothing is lost, doubled or left. */
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, inNamespace, workloads } from './install-earshot.ts'

/** An inbox that is killed forgets its mails, and is no part of Earshot. */
const killed = workloads.filter((workload) => workload !== 'deployment/inbox')

describe('a pod that is killed', () => {
  it('is replaced, and no conversion is lost, doubled or left, whichever kind it is of', async () => {
    await using scene = await startClusterScene()
    for (const workload of killed) {
      const ordering = Promise.all([scene.order(scene.short), scene.order(scene.lengthy)])
      const pods = ['pods', `--selector=app.kubernetes.io/name=${workload.split('/')[1]}`]
      await kubectl([...inNamespace, 'delete', ...pods, '--grace-period=0', '--force'])
      await becomesReady(workload)
      await ordering
    }
    // What the killed converter was at counts a crash, and what a store was missing for may count a failure.
    await scene.assertAllSucceeded(false)
  })
})
