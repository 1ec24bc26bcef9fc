/** `npm run cluster -- VERB`: a Kubernetes of one node on this machine, for tries and tests. */
import { UsageError } from '#infra/local/machine/set-up-error.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { runVerb } from '#infra/local/run-verb.ts'
import { downCluster, isExtra, upCluster } from './cluster.ts'
import { loadImage } from './cluster-images.ts'
import { inNetwork, inNode } from './node.ts'

const usage = `Usage: npm run cluster -- VERB
  up [EXTRA...]        builds what is missing, and starts it (a quarter of an hour the first time); further ones are definitions
                       (of the custom resources that Earshot has manifests of), keda, and traefik (either takes as long again)
  down [--purge]       ends it; --purge also forgets what it holds
  load ARCHIVE...      gives it images, as npm run images writes them
  kubectl ARGS...      kubectl, on this cluster
  net COMMAND...       runs a command in its network, where pods and services can be reached
  node COMMAND...      runs a command among its mounts and processes`

await runVerb(async () => {
  // npm's own word for this program comes first.
  const [verb, ...args] = process.argv.slice(3)
  if (verb === 'up' && args.every(isExtra)) await upCluster(args, createSteps(process.stdout, 'cluster'))
  else if (verb === 'down' && args.every((word) => word === '--purge')) await downCluster(args.length > 0)
  else if (verb === 'load' && args.length > 0) for (const archive of args) await loadImage(archive)
  else if (verb === 'kubectl') return await inNetwork(['kubectl', ...args])
  else if (verb === 'net' && args.length > 0) return await inNetwork(args)
  else if (verb === 'node' && args.length > 0) return await inNode(args, 'inherit')
  else throw new UsageError(usage)
  return 0
})
