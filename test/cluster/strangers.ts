/** Pods in namespaces of others: without a label, and with each by which the policies know who it is. */
import { kubectl } from '#infra/cluster/kubectl.ts'

/** By the namespace's name, its label. */
export const strangers: Readonly<Record<string, string | undefined>> = {
  'stranger-nobody': undefined,
  'stranger-gateway': 'earshot-gateway',
  'stranger-monitoring': 'earshot-monitoring',
  'stranger-keda': 'earshot-keda',
}

const manifests = Object.entries(strangers).flatMap(([namespace, label]) => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: label === undefined ? {} : { [label]: 'true' } },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'stranger', namespace },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      containers: [
        { name: 'stranger', image: 'localhost/earshot-test/stores:1', command: ['sleep', 'infinity'] },
      ],
    },
  },
])

export async function makeStrangers(): Promise<void> {
  await kubectl(
    ['apply', '--filename', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }),
  )
  for (const namespace of Object.keys(strangers))
    await kubectl([
      '--namespace',
      namespace,
      'wait',
      'pod/stranger',
      '--for=condition=Ready',
      '--timeout=120s',
    ])
}

export async function deleteStrangers(): Promise<void> {
  await kubectl(['delete', 'namespace', ...Object.keys(strangers), '--timeout=120s'])
}
