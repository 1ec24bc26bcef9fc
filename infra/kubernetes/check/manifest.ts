/** What kubectl makes of an overlay, and the pods in it. */
import { parseAllDocuments } from 'yaml'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

/** Which fields it has is for its kind's schema to say. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly labels?: Labels }
  // oxlint-disable-next-line typescript/no-explicit-any -- checked against its schema before anything reads it
  readonly [field: string]: any
}

export type Labels = Readonly<Record<string, string>>
export type Manifests = readonly Manifest[]

/** @throws SetUpError with kubectl's words. */
export async function renderOverlay(kubectl: string, directory: string): Promise<Manifests> {
  const { code, stdout, stderr } = await runCommand(kubectl, ['kustomize', directory])
  if (code !== 0) throw new SetUpError(`${directory} cannot be rendered: ${stderr.trim()}`)
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest)
}

export const ofKind = (manifests: Manifests, kind: string): Manifests =>
  manifests.filter((manifest) => manifest.kind === kind)

/** The settings that all processes share. */
export const sharedSettings = (manifests: Manifests): Readonly<Record<string, string>> =>
  (ofKind(manifests, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('settings-'))?.['data'] ??
    {}) as Record<string, string>

export const labelOf = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.name}`

/** What makes pods. */
export interface Workload {
  readonly name: string
  readonly manifest: Manifest
  readonly labels: Labels
  readonly pod: IPodSpec
  /** One of ours, and not of a store's. */
  readonly isOurs: boolean
  /** It ends by itself. */
  readonly isJob: boolean
}

export const workloadsOf = (manifests: Manifests): readonly Workload[] =>
  manifests
    .filter(({ kind }) => ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'].includes(kind))
    .map((manifest) => {
      const { metadata, spec } = manifest['spec'].template as { metadata: { labels: Labels }; spec: IPodSpec }
      return {
        name: manifest.metadata.name,
        manifest,
        labels: metadata.labels,
        pod: spec,
        isOurs: metadata.labels['app.kubernetes.io/part-of'] === 'earshot',
        isJob: manifest.kind === 'Job',
      }
    })

/** Those that make room for the others too. */
export const containersOf = ({ pod }: Workload) => [...(pod.initContainers ?? []), ...pod.containers]

export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels
      if (operator === 'DoesNotExist') return !(key in labels)
      const isIn = values.includes(labels[key] ?? '')
      return operator === 'In' ? isIn : !isIn
    })
  )
}
