/** Where the cluster of this checkout lies on the disk, and which addresses it has. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { localDirectory } from '#infra/local/folders.ts'

const home = join(localDirectory, 'cluster')

export const places = {
  home,
  programs: join(home, 'bin'),
  /** Archives of the images that every cluster needs. */
  images: join(home, 'images'),
  keys: join(home, 'keys'),
  settings: join(home, 'etc'),
  logs: join(home, 'log'),
  run: join(home, 'run'),
  etcd: join(home, 'etcd'),
  /** Becomes /var/lib and /var/log of the node. */
  var: join(home, 'var'),
  kubeconfig: join(home, 'kubeconfig'),
} as const

/** Of the node's own network, which has no way out of it: these lead nowhere on the host. */
export const addresses = {
  node: '10.251.0.1',
  services: '10.251.64.0/20',
  api: '10.251.64.1',
  dns: '10.251.64.10',
  pods: '10.251.128.0/17',
  podsOfNode: '10.251.128.0/24',
} as const

/** The control group of everything that runs in the node. */
export const controlGroup = `earshot-cluster-${createHash('sha256').update(home).digest('hex').slice(0, 8)}`
