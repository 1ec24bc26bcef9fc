/** KEDA in the cluster, as its own manifests set it up. */
import { applyKustomization, ownImage } from './apply-kustomization.ts'
import { moduleFolder } from './build-programs.ts'
import { kubectl } from './kubectl.ts'

const inNamespace = '--namespace=keda'

export async function startKeda(): Promise<void> {
  const config = `${await moduleFolder('keda', 'github.com/kedacore/keda/v2')}/config`
  const parts = ['crd', 'general', 'rbac', 'manager', 'metrics-server', 'service_account']
  const patch = [
    { op: 'replace', path: '/spec/template/spec/containers/0/imagePullPolicy', value: 'IfNotPresent' },
    {
      op: 'replace',
      path: '/spec/template/spec/containers/0/readinessProbe/initialDelaySeconds',
      value: 1,
    },
  ]
  await applyKustomization('keda', {
    resources: parts.map((part) => `${config}/${part}`),
    images: [
      ownImage('ghcr.io/kedacore/keda', 'keda'),
      ownImage('ghcr.io/kedacore/keda-metrics-apiserver', 'keda-adapter'),
    ],
    patches: [{ target: { kind: 'Deployment' }, patch: JSON.stringify(patch) }],
  })
  // By this, Earshot's policies know who may ask RabbitMQ.
  await kubectl(['label', '--overwrite', 'namespace', 'keda', 'earshot-keda=true'])
  for (const name of ['keda-operator', 'keda-metrics-apiserver'])
    await kubectl(['rollout', 'status', `deployment/${name}`, inNamespace, '--timeout=300s'])
}
