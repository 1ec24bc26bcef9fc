/** What a cluster has besides Kubernetes: names (CoreDNS), disks (local-path), and what its pods take of processors and memory (metrics-server). */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { applyKustomization, ownImage } from './apply-kustomization.ts'
import { moduleFolder } from './build-programs.ts'
import { clusterImage } from './cluster-images.ts'
import { kubectl } from './kubectl.ts'
import { addresses, places } from './places.ts'

export async function startAddOns(): Promise<void> {
  const names = await readFile(join(import.meta.dirname, 'coredns.yaml'), 'utf8')
  const disks = join(await moduleFolder('addons', 'github.com/rancher/local-path-provisioner'), 'deploy')
  const files = {
    'coredns.yaml': names.replace('@ADDRESS@', addresses.dns).replace('@IMAGE@', clusterImage('coredns')),
    'local-path.yaml': ownImages(await readFile(join(disks, 'local-path-storage.yaml'), 'utf8')),
  }
  const folder = join(places.home, 'add-ons')
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text)
    await kubectl(['apply', '--filename', join(folder, name)])
  }
  await applyMetrics()
  await kubectl(['rollout', 'status', 'deployment/coredns', '--namespace=kube-system', '--timeout=180s'])
  const provisioner = 'deployment/local-path-provisioner'
  await kubectl(['rollout', 'status', provisioner, '--namespace=local-path-storage', '--timeout=180s'])
  await kubectl([
    'rollout',
    'status',
    'deployment/metrics-server',
    '--namespace=kube-system',
    '--timeout=180s',
  ])
}

/** It answers the scalers. The kubelet's certificate is of the cluster's own authority. */
async function applyMetrics(): Promise<void> {
  const authority = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'
  const container = '/spec/template/spec/containers/0'
  const patch = [
    { op: 'add', path: `${container}/args/-`, value: `--kubelet-certificate-authority=${authority}` },
    { op: 'replace', path: `${container}/readinessProbe/initialDelaySeconds`, value: 1 },
    { op: 'replace', path: `${container}/readinessProbe/periodSeconds`, value: 2 },
  ]
  await applyKustomization('metrics-server', {
    resources: [`${await moduleFolder('addons', 'sigs.k8s.io/metrics-server')}/manifests/base`],
    images: [ownImage('gcr.io/k8s-staging-metrics-server/metrics-server', 'metrics-server')],
    patches: [{ target: { kind: 'Deployment' }, patch: JSON.stringify(patch) }],
  })
}

/** The project's own manifest names public images; its disks lie where the node's are kept, and are whoever asks for none. */
const ownImages = (manifest: string): string =>
  manifest
    .replace(/image: rancher\/local-path-provisioner:.*/, `image: ${clusterImage('local-path-provisioner')}`)
    .replace(/image: busybox.*/, `image: ${clusterImage('busybox')}`)
    .replace(/^( *- )local-path-provisioner$/m, '$1/local-path-provisioner')
    .replaceAll('/opt/local-path-provisioner', '/var/lib/volumes')
    .replace(
      /^( *)name: local-path$/m,
      '$1name: local-path\n$1annotations: { storageclass.kubernetes.io/is-default-class: "true" }',
    )
