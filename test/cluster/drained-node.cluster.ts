/** The node is drained under load, as for its maintenance: what was ordered is finished once there is room for pods again. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, services } from './install-earshot.ts'

describe('a node that is drained', () => {
  it('gives its pods up as their budgets allow, and no conversion is lost, doubled or left', async () => {
    await using scene = await startClusterScene()
    await scene.order(await makeSample(scene.directory, 'mp4-aac'))
    await scene.order(await makeTone(scene.directory, { minutes: 3 }))
    const selector = '--pod-selector=app.kubernetes.io/name in (auth,media,mailer,converter,router)'
    await kubectl(['drain', 'node', selector, '--delete-emptydir-data', '--timeout=600s'])
    await kubectl(['uncordon', 'node'])
    for (const workload of services) await becomesReady(workload)
    const { accepted, complaints, documents } = await scene.judge()
    assert.deepEqual(complaints, [])
    assert.equal(accepted, 2)
    for (const { status, crashes, failures } of documents)
      assert.deepEqual([status, crashes, failures], ['SUCCEEDED', 0, 0])
  })
})
