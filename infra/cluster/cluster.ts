/** Brings up a Kubernetes of one node on this machine: real kubelet, containerd, NetworkPolicies and disks, no way out of it. */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createBuildah } from '#infra/images/engine.ts'
import { localDirectory } from '#infra/local/folders.ts'
import { installPackages } from '#infra/local/machine/apt.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import type { Steps } from '#infra/local/machine/steps.ts'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { startAddOns } from './add-ons.ts'
import { buildPrograms } from './build-programs.ts'
import { loadClusterImages, makeClusterImages } from './cluster-images.ts'
import { makeKeys } from './keys.ts'
import { applyDefinitions } from './definitions.ts'
import { startKeda } from './keda.ts'
import { tryKubectl } from './kubectl.ts'
import { nodePid, startNode, stopNode } from './node.ts'
import { writeNodeSettings } from './node-settings.ts'
import { places } from './places.ts'
import { startTraefik } from './traefik.ts'

/** Each by a file that tells whether it is there. */
const debianPackages: Readonly<Record<string, string>> = {
  containerd: '/usr/bin/containerd',
  runc: '/usr/sbin/runc',
  'containernetworking-plugins': '/usr/lib/cni/ptp',
  buildah: '/usr/bin/buildah',
  iptables: '/usr/sbin/iptables',
  ipset: '/usr/sbin/ipset',
  conntrack: '/usr/sbin/conntrack',
  'busybox-static': '/bin/busybox',
}

/** What a cluster has only if it is asked for, after what it needs: programs take long to build, definitions do not. */
const extras = { definitions: applyDefinitions, keda: startKeda, traefik: startTraefik }
export type Extra = keyof typeof extras
export const isExtra = (word: string): word is Extra => Object.hasOwn(extras, word)

/** Safe to call where it is up. */
export async function upCluster(wanted: readonly Extra[], steps: Steps): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new SetUpError('The cluster needs root: for namespaces, mounts and packet filters')
  await installMissing(steps)
  const modules = ['kube', 'addons', ...wanted.filter((extra) => extra !== 'definitions')] as const
  await buildPrograms(modules, steps)
  await makeClusterImages(await createBuildah(join(localDirectory, 'images')), modules, steps)
  await makeKeys()
  await writeNodeSettings()
  await steps.run('the node', async () => {
    if ((await nodePid()) === undefined) await startNode()
    await loadClusterImages(modules)
    await waitUntil('the node is ready', isReady, { withinMs: 300_000, everyMs: 500 })
    return { value: undefined }
  })
  await steps.run('names, disks and metrics', async () => {
    await startAddOns()
    return { value: undefined }
  })
  for (const extra of wanted)
    await steps.run(extra, async () => {
      await extras[extra]()
      return { value: undefined }
    })
}

async function isReady(): Promise<boolean> {
  const path = 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'
  return (await tryKubectl(['get', 'node', 'node', '--output', path])).stdout === 'True'
}

async function installMissing(steps: Steps): Promise<void> {
  const names = Object.keys(debianPackages).filter((name) => !existsSync(debianPackages[name]!))
  const openssl = findOnPath('openssl') === undefined ? ['openssl'] : []
  const missing = [...names, ...openssl]
  if (missing.length > 0)
    await installPackages([{ names: missing, instead: 'use a machine that has them' }], steps)
}

/** @param purge Forgets what the cluster holds too: its images, disks, keys and all that was applied. */
export async function downCluster(purge: boolean): Promise<void> {
  await stopNode()
  const { etcd, var: disks, keys, settings, logs, run, kubeconfig } = places
  if (purge)
    for (const path of [etcd, disks, keys, settings, logs, run, kubeconfig])
      await rm(path, { recursive: true, force: true })
}
