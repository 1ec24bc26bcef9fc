/** Traefik in the cluster, as a controller of Gateways of the class `traefik`. The definitions of their resources are there before. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { moduleFolder } from './build-programs.ts'
import { clusterImage } from './cluster-images.ts'
import { kubectl } from './kubectl.ts'

const inNamespace = '--namespace=gateway'
const roles = 'docs/content/reference/dynamic-configuration/kubernetes-gateway-rbac.yml'

export async function startTraefik(): Promise<void> {
  const ours = await readFile(join(import.meta.dirname, 'traefik.yaml'), 'utf8')
  const theirs = join(await moduleFolder('traefik', 'github.com/traefik/traefik/v3'), roles)
  const manifests = [
    ours.replace('@IMAGE@', clusterImage('traefik')),
    (await readFile(theirs, 'utf8')).replace('namespace: default', 'namespace: gateway'),
  ]
  await kubectl(['apply', '--filename', '-'], manifests.join('\n---\n'))
  await kubectl(['rollout', 'status', 'deployment/traefik', inNamespace, '--timeout=180s'])
}
