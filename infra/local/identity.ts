/** Tells a process from a later one that got the same number. */
import { readFileSync } from 'node:fs'

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

function startTicks(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in parentheses and may hold spaces, so count from behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
