/** Watches the processes that work on a folder's files: how much memory they take, and whether any is left. */
import { commandLine, parentOf, residentBytes, runningPids } from '#infra/local/processes/proc.ts'

export interface ProcessWatch extends Disposable {
  /** Of all of them together, the most each had resident so far. */
  peakBytes(): number
  /** The command lines of those that are there now. */
  running(): string[]
}

/** Short against the time in which a process can take hundreds of megabytes; memory given back before is in VmHWM. */
const everyMs = 10

/** A process belongs to a folder that its arguments name: bubblewrap's do, and those of what runs in it. */
export function watchProcesses(folder: string): ProcessWatch {
  const strangers = new Set<number>()
  let peak = 0
  const own = (): number[] => {
    const pids = runningPids()
    for (const pid of strangers) if (!pids.includes(pid)) strangers.delete(pid)
    return pids.filter((pid) => {
      if (strangers.has(pid)) return false
      if (commandLine(pid).includes(folder)) return true
      // A child of ours that has not become another program yet still has our own command line.
      if (parentOf(pid) !== process.pid) strangers.add(pid)
      return false
    })
  }
  const look = () => {
    peak = Math.max(
      peak,
      own().reduce((sum, pid) => sum + residentBytes(pid, 'VmHWM'), 0),
    )
  }
  const timer = setInterval(look, everyMs)
  return {
    peakBytes() {
      look()
      return peak
    },
    running: () => own().map((pid) => `${pid}: ${commandLine(pid)}`),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
