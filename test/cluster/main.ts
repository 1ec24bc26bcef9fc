/**
 * `npm run test:cluster [-- --keep] [FILE…]`: the images and manifests on a real Kubernetes. Builds the images, starts a cluster of
 * one node, installs Earshot into an empty namespace, and runs each file of tests against it. --keep leaves the cluster running.
 */
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { downCluster, upCluster } from '#infra/cluster/cluster.ts'
import { inNetwork } from '#infra/cluster/node.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { installEarshot } from './install-earshot.ts'
import { loadImages, makeImages } from './make-images.ts'

await runVerb(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: { keep: { type: 'boolean', default: false } },
  })
  const steps = createSteps(process.stdout, 'test:cluster')
  await makeImages(steps)
  try {
    await upCluster(steps)
    await loadImages(steps)
    await installEarshot(steps)
    const all = await Array.fromAsync(glob(join(import.meta.dirname, '*.cluster.ts')))
    const files = positionals.length > 0 ? positionals : all.toSorted()
    // In the cluster's network, as the machine's own has no way to it.
    return await inNetwork([process.execPath, '--test', '--test-concurrency=1', ...files])
  } finally {
    if (!values.keep) await downCluster(false)
  }
})
