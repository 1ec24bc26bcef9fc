/** Every service is replaced under load, as a new version of it is: nothing is lost, doubled or left, and nobody is blamed. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, inNamespace, services } from './install-earshot.ts'

describe('a rolling update', () => {
  it('of every service loses, doubles and leaves nothing, and no conversion counts it as a failure', async () => {
    await using scene = await startClusterScene()
    const [short, lengthy] = [
      await makeSample(scene.directory, 'mp4-aac'),
      await makeTone(scene.directory, { minutes: 3 }),
    ]
    for (const workload of services) {
      const ordering = Promise.all([scene.order(short), scene.order(lengthy)])
      await kubectl([...inNamespace, 'rollout', 'restart', workload])
      await becomesReady(workload)
      await ordering
    }
    const { accepted, complaints, documents } = await scene.judge()
    assert.deepEqual(complaints, [])
    assert.deepEqual([accepted, documents.length], [2 * services.length, 2 * services.length])
    for (const { status, crashes, failures } of documents)
      assert.deepEqual([status, crashes, failures], ['SUCCEEDED', 0, 0])
  })
})
