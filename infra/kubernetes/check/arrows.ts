/** Who may open a connection to whom, as the NetworkPolicies say it. */
import { ofKind, selects, type LabelSelector, type Manifests, type Workload } from './manifest.ts'

interface Peer {
  readonly podSelector?: LabelSelector
  readonly namespaceSelector?: LabelSelector
  readonly ipBlock?: { readonly cidr: string }
}

type Ports = readonly { readonly port: string | number }[]

interface PolicySpec {
  readonly podSelector: LabelSelector
  readonly policyTypes: readonly ('Ingress' | 'Egress')[]
  readonly ingress?: readonly { readonly from?: readonly Peer[]; readonly ports?: Ports }[]
  readonly egress?: readonly { readonly to?: readonly Peer[]; readonly ports?: Ports }[]
}

const policiesOf = (manifests: Manifests): PolicySpec[] =>
  ofKind(manifests, 'NetworkPolicy').map((policy) => policy['spec'] as PolicySpec)

/** `router > auth http`. Others than our pods are named by the label of their namespace, in brackets. */
export interface Arrows {
  readonly outgoing: ReadonlySet<string>
  readonly incoming: ReadonlySet<string>
}

export function arrowsOf(manifests: Manifests, workloads: readonly Workload[]): Arrows {
  const outgoing = new Set<string>()
  const incoming = new Set<string>()
  for (const { podSelector, egress = [], ingress = [] } of policiesOf(manifests))
    for (const workload of workloads.filter(({ labels }) => selects(podSelector, labels))) {
      for (const { to, ports } of egress)
        for (const peer of namesOf(to, workloads))
          for (const port of namesOfPorts(ports)) outgoing.add(`${workload.name} > ${peer} ${port}`)
      for (const { from, ports } of ingress)
        for (const peer of namesOf(from, workloads))
          for (const port of namesOfPorts(ports)) incoming.add(`${peer} > ${workload.name} ${port}`)
    }
  return { outgoing, incoming }
}

const namesOfPorts = (ports: Ports | undefined): string[] =>
  ports?.map(({ port }) => String(port)) ?? ['(every port)']

function namesOf(peers: readonly Peer[] | undefined, workloads: readonly Workload[]): string[] {
  if (peers === undefined) return ['(everybody)']
  return peers.flatMap(({ podSelector, namespaceSelector, ipBlock }) => {
    if (ipBlock !== undefined) return [`(${ipBlock.cidr})`]
    if (namespaceSelector !== undefined)
      return [`(${Object.keys(namespaceSelector.matchLabels ?? { everybody: '' }).join(' ')})`]
    return workloads.filter(({ labels }) => selects(podSelector ?? {}, labels)).map(({ name }) => name)
  })
}

/** Pods that no policy covers take and send everything. */
export function uncovered(manifests: Manifests, workloads: readonly Workload[]): string[] {
  const policies = policiesOf(manifests)
  return workloads.flatMap(({ name, labels }) =>
    (['Ingress', 'Egress'] as const)
      .filter(
        (type) =>
          !policies.some(
            ({ podSelector, policyTypes }) => policyTypes.includes(type) && selects(podSelector, labels),
          ),
      )
      .map((type) => `${name}: no NetworkPolicy holds for its ${type}`),
  )
}
