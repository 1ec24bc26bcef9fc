/** Tells a process from a later one that got the same number. */
import { parentOf, runningPids, startTicks } from './proc.ts'

export interface ProcessIdentity {
  readonly pid: number
  /** Kernel ticks since boot (proc(5), /proc/PID/stat field 22); empty where there is no /proc. */
  readonly startedAtTicks: string
}

export function identify(pid: number): ProcessIdentity {
  return { pid, startedAtTicks: startTicks(pid) }
}

export function isAlive({ pid, startedAtTicks }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return startTicks(pid) === startedAtTicks
}

/** Every process that this one has started, and those have, and so on; none where there is no /proc. */
export function descendantsOf(ancestor: number): ProcessIdentity[] {
  const childrenOf = Map.groupBy(runningPids(), parentOf)
  const found: ProcessIdentity[] = []
  for (const pids = [ancestor]; pids.length > 0;) {
    const children = childrenOf.get(pids.pop()!) ?? []
    found.push(...children.map(identify))
    pids.push(...children)
  }
  return found
}
