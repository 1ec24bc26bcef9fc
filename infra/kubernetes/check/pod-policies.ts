/** What must hold for each pod, by itself: the restricted Pod Security Standard, and what we ask besides. */
import type { IContainer } from 'kubernetes-models/v1/Container'
import { commonSettings } from '#runtime/process/settings.ts'
import { containersOf, type Workload } from './manifest.ts'

export const podProblems = (workloads: readonly Workload[]): string[] =>
  workloads.flatMap((workload) =>
    [
      ...podRules.flatMap(({ holds, problem }) => (holds(workload) ? [] : [problem])),
      ...containersOf(workload).flatMap((container) => containerProblems(workload, container)),
    ].map((problem) => `${workload.name}: ${problem}`),
  )

interface Rule<Subject> {
  readonly holds: (subject: Subject) => boolean
  readonly problem: string
}

/** The volumes that the restricted standard allows, of those that we use. */
const allowedVolumes = ['configMap', 'secret', 'emptyDir', 'persistentVolumeClaim', 'projected']

/** As long as a process may take to end (SHUTDOWN_GRACE_MS), what its pod sleeps before, and some air. */
const graceSeconds = ({ containers }: Workload['pod']): number => {
  const own = containers[0]?.env?.find(({ name }) => name === 'SHUTDOWN_GRACE_MS')?.value
  return Number(own ?? commonSettings.SHUTDOWN_GRACE_MS.parse(undefined)) / 1000 + 10
}

const podRules: readonly Rule<Workload>[] = [
  {
    holds: ({ pod }) =>
      pod.securityContext?.runAsNonRoot === true && (pod.securityContext.runAsUser ?? 0) > 0,
    problem: 'runs as root, or does not say as whom',
  },
  {
    holds: ({ pod }) =>
      ['RuntimeDefault', 'Localhost'].includes(pod.securityContext?.seccompProfile?.type ?? ''),
    problem: 'has no seccomp profile',
  },
  {
    holds: ({ pod }) => !pod.hostNetwork && !pod.hostPID && !pod.hostIPC,
    problem: 'shares a namespace of its node',
  },
  {
    holds: ({ pod }) =>
      (pod.volumes ?? []).every((volume) =>
        Object.keys(volume).every((key) => key === 'name' || allowedVolumes.includes(key)),
      ),
    problem: 'mounts something of its node',
  },
  {
    holds: ({ pod }) =>
      (pod.volumes ?? []).every(({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit != null),
    problem: 'has a volume without a size',
  },
  {
    holds: ({ pod }) => pod.automountServiceAccountToken === false,
    problem: 'gets a token for the API server',
  },
  { holds: ({ pod }) => pod.enableServiceLinks === false, problem: 'gets each Service as variables' },
  {
    holds: ({ pod, name }) => pod.serviceAccountName === name || name === 'mongodb-initiate',
    problem: 'has no service account of its own',
  },
  {
    holds: ({ pod, isOurs }) => !isOurs || (pod.topologySpreadConstraints ?? []).length > 0,
    problem: 'may stand on one node with all its replicas',
  },
  {
    holds: ({ pod, isOurs }) => !isOurs || (pod.terminationGracePeriodSeconds ?? 0) >= graceSeconds(pod),
    problem: 'is killed before its own grace is over',
  },
]

const containerRules: readonly Rule<IContainer>[] = [
  {
    holds: ({ securityContext: its }) =>
      its?.allowPrivilegeEscalation === false &&
      its.privileged !== true &&
      (its.capabilities?.drop ?? []).includes('ALL') &&
      (its.capabilities?.add ?? []).length === 0,
    problem: 'has privileges',
  },
  {
    // The pod's, unless it has one of its own.
    holds: ({ securityContext }) =>
      ['RuntimeDefault', 'Localhost'].includes(securityContext?.seccompProfile?.type ?? 'RuntimeDefault'),
    problem: 'runs without a seccomp profile',
  },
  {
    holds: ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
    problem: 'can write its image',
  },
  {
    holds: ({ resources }) => resources?.limits?.['memory'] !== undefined,
    problem: 'has no limit of memory',
  },
  {
    holds: ({ resources }) =>
      resources?.requests?.['cpu'] !== undefined && resources.requests['memory'] !== undefined,
    problem: 'asks for no resources',
  },
  // A tag or a digest behind the last slash; the port of a registry stands before it.
  { holds: ({ image }) => /[:@][^/:]*\d[^/]*$/.test(image ?? ''), problem: 'has an image of no version' },
]

const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const

function containerProblems({ pod, isJob }: Workload, container: IContainer): string[] {
  const serves = !isJob && pod.containers.includes(container)
  return [
    ...containerRules.filter(({ holds }) => !holds(container)).map(({ problem }) => problem),
    ...probes.filter((probe) => serves && container[probe] === undefined).map((probe) => `has no ${probe}`),
  ].map((problem) => `${container.name} ${problem}`)
}
