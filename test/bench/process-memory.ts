/** Watches how much memory processes have resident (proc(5), VmRSS). */
import { readFile } from 'node:fs/promises'
import { repeat } from '#runtime/process/repeat.ts'
import { createLogger } from '#runtime/process/log.ts'

export interface MemoryWatch extends AsyncDisposable {
  /** The most each process had beyond what it had first, in MiB. */
  grownMb(): ReadonlyMap<string, number>
}

export function watchMemory(pids: ReadonlyMap<string, number>): MemoryWatch {
  const first = new Map<string, number>()
  const most = new Map<string, number>()
  const sample = async () => {
    for (const [name, pid] of pids) {
      const residentMb = await readResidentMb(pid)
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

export async function readResidentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
}
