/** Whether scalers and routes lead to something that is there, and scale by the numbers that the settings say. */
import { queues } from '#runtime/rabbit/topology.ts'
import { labelOf, ofKind, sharedSettings, type Manifest, type Manifests, type Workload } from './manifest.ts'

export const scalingProblems = (manifests: Manifests, workloads: readonly Workload[]): string[] => [
  ...[...ofKind(manifests, 'HorizontalPodAutoscaler'), ...ofKind(manifests, 'ScaledObject')].flatMap(
    (scaler) => targetProblems(scaler, workloads),
  ),
  ...ofKind(manifests, 'ScaledObject').flatMap((scaler) => queueProblems(manifests, scaler)),
  ...ofKind(manifests, 'HorizontalPodAutoscaler').flatMap((scaler) => replicaProblems(manifests, scaler)),
  ...ofKind(manifests, 'HTTPRoute').flatMap((route) => routeProblems(manifests, route)),
]

function targetProblems(scaler: Manifest, workloads: readonly Workload[]): string[] {
  const { name, kind = 'Deployment' } = scaler['spec'].scaleTargetRef as { name: string; kind?: string }
  const target = workloads.find((workload) => labelOf(workload.manifest) === `${kind} ${name}`)
  if (target === undefined) return [`${labelOf(scaler)}: there is no ${kind} ${name}`]
  // Each apply would undo what the scaler has done.
  if (target.manifest['spec'].replicas !== undefined)
    return [`${labelOf(scaler)}: ${name} says its own number of replicas`]
  return []
}

function queueProblems(manifests: Manifests, scaler: Manifest): string[] {
  const triggers = scaler['spec'].triggers as readonly {
    readonly metadata: Readonly<Record<string, string>>
  }[]
  const { CONCURRENCY: jobs } = sharedSettings(manifests)
  return triggers.flatMap(({ metadata: { protocol, queueName, value } }) => [
    ...(queueName === queues.convert ? [] : [`${labelOf(scaler)}: there is no queue ${queueName}`]),
    ...(protocol === 'http' ? [] : [`${labelOf(scaler)}: busy converters would look idle`]),
    ...(value === jobs
      ? []
      : [`${labelOf(scaler)}: a pod for ${value} messages, and a pod does ${jobs} at once`]),
  ])
}

function replicaProblems(manifests: Manifests, scaler: Manifest): string[] {
  const { scaleTargetRef, maxReplicas, behavior } = scaler['spec'] as {
    readonly scaleTargetRef: { readonly name: string }
    readonly maxReplicas: number
    readonly behavior?: { readonly scaleDown?: { readonly selectPolicy?: string } }
  }
  if (scaleTargetRef.name !== 'media') return []
  const named = (sharedSettings(manifests)['MEDIA_REPLICAS'] ?? '').split(',').length
  return [
    ...(maxReplicas <= named ? [] : [`${labelOf(scaler)}: MEDIA_REPLICAS names ${named} of ${maxReplicas}`]),
    ...(behavior?.scaleDown?.selectPolicy === 'Disabled'
      ? []
      : [`${labelOf(scaler)}: scaling down takes uploads away that go on`]),
  ]
}

function routeProblems(manifests: Manifests, route: Manifest): string[] {
  const rules = route['spec'].rules as readonly {
    readonly backendRefs?: readonly { readonly name: string; readonly port: number }[]
  }[]
  return rules.flatMap(({ backendRefs = [] }) =>
    backendRefs
      .filter(
        ({ name, port }) =>
          !ofKind(manifests, 'Service').some(
            ({ metadata, spec }) =>
              metadata.name === name &&
              (spec.ports as readonly { readonly port: number }[]).some((offered) => offered.port === port),
          ),
      )
      .map(({ name, port }) => `${labelOf(route)}: there is no Service ${name} with port ${port}`),
  )
}
