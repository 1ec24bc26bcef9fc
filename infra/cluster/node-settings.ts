/** The files that the node's daemons are set up by. JSON is YAML, so Kubernetes reads it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addresses, controlGroup, places } from './places.ts'
import { runOrThrow } from './run-or-throw.ts'

const key = (name: string) => join(places.keys, name)
const file = (name: string) => join(places.settings, name)

export async function writeNodeSettings(): Promise<void> {
  await mkdir(join(places.settings, 'cni'), { recursive: true })
  for (const user of ['controller-manager', 'scheduler', 'proxy', 'kubelet', 'admin'])
    await writeFile(file(`${user}.kubeconfig`), JSON.stringify(kubeconfig(user)), { mode: 0o600 })
  await writeFile(places.kubeconfig, JSON.stringify(kubeconfig('admin')), { mode: 0o600 })
  await writeFile(file('containerd.toml'), containerd)
  await writeFile(file('cni/10-pods.conflist'), JSON.stringify(podNetwork))
  await writeFile(file('resolv.conf'), '')
  await writeFile(file('kubelet.yaml'), JSON.stringify(kubelet(await mostOpenFiles())))
  await writeFile(file('proxy.yaml'), JSON.stringify(proxy))
}

/** On loopback, which on the host is nobody: where the node is down, no command reaches another cluster. */
const kubeconfig = (user: string) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [
    {
      name: 'earshot',
      cluster: { server: 'https://127.0.0.1:6443', 'certificate-authority': key('ca.crt') },
    },
  ],
  users: [
    { name: user, user: { 'client-certificate': key(`${user}.crt`), 'client-key': key(`${user}.key`) } },
  ],
  contexts: [{ name: 'earshot', context: { cluster: 'earshot', user } }],
  'current-context': 'earshot',
})

/** A score below that of the parent needs a privilege that a container of a machine may lack. */
const containerd = `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  disable_apparmor = true
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${join(places.settings, 'cni')}"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
`

/** Point to point: the node routes every packet between pods, so its packet filter sees each of them. */
const podNetwork = {
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      mtu: 1500,
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: addresses.podsOfNode }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
}

const kubelet = (maxOpenFiles: number) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: key('ca.crt') },
  },
  authorization: { mode: 'Webhook' },
  tlsCertFile: key('kubelet.crt'),
  tlsPrivateKeyFile: key('kubelet.key'),
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${controlGroup}`,
  failCgroupV1: false,
  failSwapOn: false,
  maxOpenFiles,
  oomScoreAdj: 0,
  clusterDomain: 'cluster.local',
  clusterDNS: [addresses.dns],
  resolvConf: file('resolv.conf'),
  // An image that is removed cannot be pulled again.
  imageGCHighThresholdPercent: 100,
  evictionHard: {
    'memory.available': '100Mi',
    'nodefs.available': '1Gi',
    'imagefs.available': '1Gi',
    'nodefs.inodesFree': '1000',
  },
})

/** The kernel's table of connections is the whole machine's, and stays as it is. */
const proxy = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clientConnection: { kubeconfig: file('proxy.kubeconfig') },
  mode: 'iptables',
  clusterCIDR: addresses.pods,
  hostnameOverride: 'node',
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
}

/** The kubelet may not raise its own limit everywhere. */
async function mostOpenFiles(): Promise<number> {
  const limit = Number((await runOrThrow(['sh', '-c', 'ulimit -Hn'])).trim())
  return Number.isFinite(limit) ? limit : 1_000_000
}
