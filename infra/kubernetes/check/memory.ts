/** Whether each container has the memory that its process may have, and its programs, as infra/memory-limits.ts says it. */
import { serviceKinds, type ServiceKind } from '#infra/local/system/services.ts'
import { containerProblems } from '#infra/container-problems.ts'
import { containerMb } from '#infra/memory-limits.ts'
import { sharedSettings, type Manifests, type Workload } from './manifest.ts'

export const memoryProblems = (manifests: Manifests, workloads: readonly Workload[]): string[] =>
  workloads.flatMap((workload) => {
    const kind = serviceKinds.find((name) => workload.isOurs && name === workload.name)
    if (kind === undefined) return []
    const problems = problemsOf(kind, workload.pod.containers[0]!, sharedSettings(manifests))
    return problems.map((problem) => `${kind}: ${problem}`)
  })

type Container = Workload['pod']['containers'][number]

function problemsOf(
  kind: ServiceKind,
  { resources, env = [] }: Container,
  shared: Readonly<Record<string, string>>,
): string[] {
  const environment = { ...shared, ...Object.fromEntries(env.map(({ name, value }) => [name, value])) }
  const { memory, cpu } = resources?.limits ?? {}
  const due = containerMb(kind)
  return [
    ...(mebibytesOf(memory) === due ? [] : [`has ${memory} of memory, and is to have ${due}Mi`]),
    ...containerProblems(kind, { environment, cpus: cpu }),
  ]
}

function mebibytesOf(quantity: string | number | undefined): number | undefined {
  const [, number, unit] = /^(\d+)(Mi|Gi)$/.exec(String(quantity)) ?? []
  return number === undefined ? undefined : Number(number) * (unit === 'Gi' ? 1024 : 1)
}
