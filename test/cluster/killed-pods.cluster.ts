/** A pod of each kind is killed under load: nothing is lost, doubled or left. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, inNamespace, workloads } from './install-earshot.ts'

/** An inbox that is killed forgets its mails, and is no part of Earshot. */
const killed = workloads.filter((workload) => workload !== 'deployment/inbox')

describe('a pod that is killed', () => {
  it('is replaced, and no conversion is lost, doubled or left, whichever kind it is of', async () => {
    await using scene = await startClusterScene()
    const [short, lengthy] = [
      await makeSample(scene.directory, 'mp4-aac'),
      await makeTone(scene.directory, { minutes: 3 }),
    ]
    for (const workload of killed) {
      const ordering = Promise.all([scene.order(short), scene.order(lengthy)])
      const pods = ['pods', `--selector=app.kubernetes.io/name=${workload.split('/')[1]}`]
      await kubectl([...inNamespace, 'delete', ...pods, '--grace-period=0', '--force'])
      await becomesReady(workload)
      await ordering
    }
    const { accepted, finished, complaints, documents } = await scene.judge()
    assert.deepEqual(complaints, [])
    assert.deepEqual([accepted, finished], [2 * killed.length, 2 * killed.length])
    for (const { status } of documents) assert.equal(status, 'SUCCEEDED')
  })
})
