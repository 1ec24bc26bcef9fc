/** What our own processes need of their containers: memory as infra/memory-limits.ts says it, and time to end. */
import { commonSettings } from '#runtime/process/settings.ts'
import { serviceKinds } from '#infra/local/system/services.ts'
import { containerProblems } from '#infra/container-problems.ts'
import { containerMb, healthCheckMb } from '#infra/memory-limits.ts'
import type { ComposeService } from './read-compose.ts'

export function processProblems(name: string, service: ComposeService): string[] {
  const kind = serviceKinds.find((one) => one === name)
  if (kind === undefined) return []
  const { mem_limit, cpus, environment = {}, stop_grace_period = '10s' } = service
  const due = containerMb(kind) + healthCheckMb
  const graceMs = commonSettings.SHUTDOWN_GRACE_MS.parse(environment['SHUTDOWN_GRACE_MS'])
  return [
    ...(mem_limit === `${due}m` ? [] : [`has ${mem_limit} of memory, and is to have ${due}m`]),
    ...containerProblems(kind, { environment, cpus }),
    ...(Number(/^(\d+)s$/.exec(stop_grace_period)?.[1]) * 1000 >= graceMs + 10_000
      ? []
      : ['is killed before its own grace is over']),
  ]
}
