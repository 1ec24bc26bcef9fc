/** Watches how much memory processes have resident, each apart from the programs that it started. */
import { childrenOf, residentBytes } from '#infra/local/processes/proc.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createLogger } from '#runtime/process/log.ts'

export interface MemoryUse {
  /** What it had when the watch began, in MiB. */
  readonly firstMb: number
  /** The most that it had, in MiB. */
  readonly peakMb: number
  /** The most that all programs together had which it started, and which these did, in MiB. */
  readonly peakOfProgramsMb: number
}

export interface MemoryWatch extends AsyncDisposable {
  use(): ReadonlyMap<string, MemoryUse>
}

const everyMs = 100

export function watchMemory(pids: ReadonlyMap<string, number>): MemoryWatch {
  const used = new Map<string, MemoryUse>()
  const sample = async () => {
    for (const [name, pid] of pids) {
      const [ownMb, programsMb] = [residentMb(pid), residentMbOfPrograms(pid)]
      const { firstMb, peakMb, peakOfProgramsMb } = used.get(name) ?? {
        firstMb: ownMb,
        peakMb: 0,
        peakOfProgramsMb: 0,
      }
      used.set(name, {
        firstMb,
        peakMb: Math.max(peakMb, ownMb),
        peakOfProgramsMb: Math.max(peakOfProgramsMb, programsMb),
      })
    }
  }
  const log = createLogger({ service: 'memory watch', level: 'warn', format: 'pretty' })
  const sampling = repeat(sample, { name: 'memory', everyMs, log })
  return { use: () => used, [Symbol.asyncDispose]: () => sampling[Symbol.asyncDispose]() }
}

const residentMb = (pid: number): number => residentBytes(pid, 'VmRSS') / 2 ** 20

/** What several of them share is counted for each. */
const residentMbOfPrograms = (pid: number): number =>
  childrenOf(pid).reduce((sum, child) => sum + residentMb(child) + residentMbOfPrograms(child), 0)
