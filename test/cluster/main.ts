/**
 * `npm run test:cluster [-- --keep] [--same-images] [FILE…]`: the images and manifests on a real Kubernetes. Builds the images, starts a cluster of
 * one node, installs Earshot into an empty namespace, by each of both overlays, and runs the files of tests against it that are
 * about that overlay. --keep leaves the cluster running; --same-images takes the images that a run before has loaded.
 */
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { downCluster, upCluster } from '#infra/cluster/cluster.ts'
import { inNetwork } from '#infra/cluster/node.ts'
import { places } from '#infra/cluster/places.ts'
import { createSteps, type Steps } from '#infra/local/machine/steps.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { installProduction } from '#test/cluster/production/install-production.ts'
import { installEarshot } from './install-earshot.ts'
import { loadImages, makeImages } from './make-images.ts'

interface Part {
  readonly folder: string
  readonly install: (steps: Steps) => Promise<void>
}

const parts: readonly Part[] = [
  { folder: import.meta.dirname, install: installEarshot },
  { folder: join(import.meta.dirname, 'production'), install: installProduction },
]

await runVerb(async () => {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: {
      keep: { type: 'boolean', default: false },
      'same-images': { type: 'boolean', default: false },
    },
  })
  const steps = createSteps(process.stdout, 'test:cluster')
  const chosen = new Set(positionals.map((file) => resolve(file)))
  const isNew = !values['same-images']
  if (isNew) await makeImages(steps)
  try {
    await upCluster(['definitions', 'keda', 'traefik'], steps)
    if (isNew) await loadImages(steps)
    let code = 0
    for (const { folder, install } of parts) {
      const all = await Array.fromAsync(glob(join(folder, '*.cluster.ts')))
      const files = all.toSorted().filter((file) => chosen.size === 0 || chosen.has(file))
      if (files.length === 0) continue
      await install(steps)
      code = (await runTests(files)) || code
    }
    return code
  } finally {
    if (!values.keep) await downCluster(false)
  }
})

/** In the cluster's network, as the machine's own has no way to it; whoever the cluster's authority vouches for is believed. */
async function runTests(files: readonly string[]): Promise<number> {
  const trusted = `NODE_EXTRA_CA_CERTS=${join(places.keys, 'ca.crt')}`
  return await inNetwork(['env', trusted, process.execPath, '--test', '--test-concurrency=1', ...files])
}
