/** Watches how much memory processes have resident. */
import { residentBytes } from '#infra/local/processes/proc.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createLogger } from '#runtime/process/log.ts'

export interface MemoryWatch extends AsyncDisposable {
  /** The most memory that each process had beyond what it began with, in MiB. */
  grownMb(): ReadonlyMap<string, number>
}

export function watchMemory(pids: ReadonlyMap<string, number>): MemoryWatch {
  const first = new Map<string, number>()
  const most = new Map<string, number>()
  const sample = async () => {
    for (const [name, pid] of pids) {
      const residentMb = residentBytes(pid, 'VmRSS') / 2 ** 20
      if (!first.has(name)) first.set(name, residentMb)
      most.set(name, Math.max(residentMb, most.get(name) ?? 0))
    }
  }
  const log = createLogger({ service: 'bench', level: 'warn', format: 'pretty' })
  const sampling = repeat(sample, { name: 'memory', everyMs: 100, log })
  return {
    grownMb: () => new Map([...most].map(([name, value]) => [name, value - (first.get(name) ?? value)])),
    [Symbol.asyncDispose]: () => sampling[Symbol.asyncDispose](),
  }
}
