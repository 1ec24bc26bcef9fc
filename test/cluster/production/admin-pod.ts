/** `earshot admin` in a pod of its image, beside the stores, with a disk for backups. */
import { kubectl } from '#infra/cluster/kubectl.ts'
import { ownTag } from '#test/cluster/install-earshot.ts'

const namespace = 'outside'
const inNamespace = `--namespace=${namespace}`

/** @returns what it said. @throws SetUpError with the same, where it does not succeed. */
export async function runAdmin(verb: 'backup' | 'restore', folder: string): Promise<string> {
  const name = `admin-${verb}`
  const container = {
    name: 'admin',
    image: `localhost/earshot/admin:${await ownTag()}`,
    args: [verb, `/backups/${folder}`],
    env: [{ name: 'MONGODB_URL', value: 'mongodb://mongodb:27017/earshot' }],
    volumeMounts: [{ name: 'backups', mountPath: '/backups' }],
  }
  const spec = {
    restartPolicy: 'Never',
    securityContext: { runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001 },
    containers: [container],
    volumes: [{ name: 'backups', persistentVolumeClaim: { claimName: 'backups' } }],
  }
  const disk = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } }
  const items = [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'backups', namespace },
      spec: disk,
    },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec },
  ]
  await kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
  const ended = '--for=jsonpath={.status.containerStatuses[0].state.terminated}'
  await kubectl(['wait', inNamespace, `pod/${name}`, ended, '--timeout=300s'])
  return await kubectl(['logs', inNamespace, name])
}
