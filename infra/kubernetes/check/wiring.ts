/** Whether what names something else names something that is there: selectors, ports, accounts, volumes, settings, scalers. */
import { configMapsOfOperator, missingKeys, missingKeysOfKeda } from './operator-makes.ts'
import {
  containersOf,
  labelOf,
  ofKind,
  selects,
  type LabelSelector,
  type Manifest,
  type Manifests,
  type Workload,
} from './manifest.ts'

export function wiringProblems(manifests: Manifests, workloads: readonly Workload[]): string[] {
  return [
    ...workloads.flatMap((workload) => [
      ...ownSelector(workload),
      ...references(manifests, workload),
      ...probePorts(workload),
      ...mounts(workload),
    ]),
    ...ofKind(manifests, 'Service').flatMap((service) => servicePorts(service, workloads)),
    ...ofKind(manifests, 'TriggerAuthentication').flatMap(missingKeysOfKeda),
    ...ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      selectsSome(budget, budget['spec'].selector, workloads),
    ),
    ...ofKind(manifests, 'NetworkPolicy').flatMap((policy) =>
      selectsSome(policy, policy['spec'].podSelector, workloads),
    ),
    ...workloads
      .filter(({ isJob, isOurs }) => isOurs && !isJob)
      .flatMap((workload) => hasBudget(manifests, workload)),
  ]
}

const ownSelector = ({ manifest, labels, isJob }: Workload): string[] =>
  isJob || selects(manifest['spec'].selector as LabelSelector, labels)
    ? []
    : [`${labelOf(manifest)}: its selector does not select its own pods`]

const selectsSome = (manifest: Manifest, selector: LabelSelector, workloads: readonly Workload[]): string[] =>
  workloads.some(({ labels }) => selects(selector, labels)) ? [] : [`${labelOf(manifest)}: selects no pod`]

const hasBudget = (manifests: Manifests, { name, labels }: Workload): string[] =>
  ofKind(manifests, 'PodDisruptionBudget').some((budget) =>
    selects(budget['spec'].selector as LabelSelector, labels),
  ) || name === 'inbox'
    ? []
    : [`${name}: has no PodDisruptionBudget`]

function servicePorts(service: Manifest, workloads: readonly Workload[]): string[] {
  const { selector, ports } = service['spec'] as {
    readonly selector: Record<string, string>
    readonly ports: readonly { readonly targetPort: string | number }[]
  }
  const behind = workloads.filter(({ labels }) => selects({ matchLabels: selector }, labels))
  if (behind.length === 0) return [`${labelOf(service)}: selects no pod`]
  return ports.flatMap(({ targetPort }) =>
    behind
      .filter((workload) => !portsOf(workload).has(String(targetPort)))
      .map(({ name }) => `${labelOf(service)}: ${name} has no port ${targetPort}`),
  )
}

/** By name and by number. */
const portsOf = ({ pod }: Workload): ReadonlySet<string> =>
  new Set(
    pod.containers.flatMap(({ ports = [] }) =>
      ports.flatMap(({ name, containerPort }) => [
        String(containerPort),
        ...(name === undefined ? [] : [name]),
      ]),
    ),
  )

function probePorts(workload: Workload): string[] {
  const ports = portsOf(workload)
  return workload.pod.containers.flatMap(({ startupProbe, livenessProbe, readinessProbe }) =>
    [startupProbe, livenessProbe, readinessProbe].flatMap((probe) => {
      const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port
      return port === undefined || ports.has(String(port))
        ? []
        : [`${workload.name}: a probe asks port ${port}, which it has not`]
    }),
  )
}

function mounts(workload: Workload): string[] {
  const claims = (workload.manifest['spec'].volumeClaimTemplates ?? []) as readonly Manifest[]
  const volumes = new Set([
    ...(workload.pod.volumes ?? []).map(({ name }) => name),
    ...claims.map(({ metadata }) => metadata.name),
  ])
  return containersOf(workload).flatMap(({ volumeMounts = [] }) =>
    volumeMounts
      .filter(({ name }) => !volumes.has(name))
      .map(({ name }) => `${workload.name}: there is no volume ${name}`),
  )
}

function references(manifests: Manifests, workload: Workload): string[] {
  const { name, pod } = workload
  const has = (kind: string, wanted: string | undefined) =>
    ofKind(manifests, kind).some(({ metadata }) => metadata.name === wanted)
  const configMaps = [
    ...containersOf(workload).flatMap(({ envFrom = [] }) =>
      envFrom.map(({ configMapRef }) => configMapRef?.name),
    ),
    ...(pod.volumes ?? []).map(({ configMap }) => configMap?.name),
  ].filter((wanted) => wanted !== undefined)
  return [
    ...(has('ServiceAccount', pod.serviceAccountName)
      ? []
      : [`${name}: there is no service account ${pod.serviceAccountName}`]),
    ...configMaps
      .filter((wanted) => !has('ConfigMap', wanted) && !configMapsOfOperator.has(wanted))
      .map((wanted) => `${name}: there is no ConfigMap ${wanted}`),
    ...missingKeys(workload),
  ]
}
