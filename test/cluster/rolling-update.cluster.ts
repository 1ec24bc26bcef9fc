/** Every service is replaced under load, by itself and by another version: nothing is lost, doubled or left, and nobody is blamed. */
import { describe, it } from 'node:test'
import { kubectl } from '#infra/cluster/kubectl.ts'
import { startClusterScene } from './cluster-scene.ts'
import { becomesReady, inNamespace, ownTag, services } from './install-earshot.ts'
import { baselineTag } from './make-images.ts'

/** Of one service after the other, while others order conversions. @param replace The arguments of kubectl. */
async function roll(replace: (workload: string) => readonly string[]): Promise<void> {
  await using scene = await startClusterScene()
  for (const workload of services) {
    const ordering = Promise.all([scene.order(scene.short), scene.order(scene.lengthy)])
    await kubectl([...inNamespace, ...replace(workload)])
    await becomesReady(workload)
    await ordering
  }
  await scene.assertAllSucceeded()
}

const imageFrom = (tag: string) => (workload: string) => {
  const image = `localhost/earshot/${workload.split('/')[1]}:${tag}`
  return ['set', 'image', workload, `service=${image}`]
}

describe('a rolling update', () => {
  it('of every service loses, doubles and leaves nothing, and no conversion counts it as a failure', async () => {
    await roll((workload) => ['rollout', 'restart', workload])
  })

  it('to the version before, and from that to this one, does neither', async () => {
    await roll(imageFrom(baselineTag))
    await roll(imageFrom(await ownTag()))
  })
})
