/** The node is drained under load, as for its maintenance: what was ordered is finished once there is room for pods again. */
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, services } from './install-earshot.ts'

describe('a node that is drained', () => {
  it('gives its pods up as their budgets allow, and no conversion is lost, doubled or left', async () => {
    await using scene = await startClusterScene()
    for (const path of [scene.short, scene.lengthy]) await scene.order(path)
    const selector = '--pod-selector=app.kubernetes.io/name in (auth,media,mailer,converter,router)'
    await kubectl(['drain', 'node', selector, '--delete-emptydir-data', '--timeout=600s'])
    await kubectl(['uncordon', 'node'])
    for (const workload of services) await becomesReady(workload)
    await scene.assertAllSucceeded()
  })
})
