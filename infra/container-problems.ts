/**
 * Whether a container fits the process in it: its environment and how many programs it may run, as infra/memory-limits.ts says it,
 * and that it tells the version of its image.
 */
import type { ServiceKind } from '#infra/local/system/services.ts'
import { memoryEnvironmentOf, memoryLimits } from './memory-limits.ts'

export interface ContainerSettings {
  readonly environment: Readonly<Record<string, unknown>>
  /** How many cores it may use. */
  readonly cpus: string | number | undefined
}

export function containerProblems(kind: ServiceKind, { environment, cpus }: ContainerSettings): string[] {
  const { programs } = memoryLimits[kind]
  // As many run at once: of media as it has cores, of a converter as it has jobs, each on a core.
  const runs = programs === 0 ? [] : [cpus, ...(kind === 'converter' ? [environment['CONCURRENCY']] : [])]
  return [
    ...Object.entries(memoryEnvironmentOf(kind))
      .filter(([name, value]) => environment[name] !== value)
      .map(([name, value]) => `has not the ${name} ${value}`),
    ...runs
      .filter((count) => !(Number(count) <= programs))
      .map((count) => `may run ${String(count)} programs at once, and has memory for ${programs}`),
    ...('VERSION' in environment ? ['says its own VERSION, which is for its image to say'] : []),
  ]
}
