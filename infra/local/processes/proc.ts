/** What Linux tells of processes (proc(5)). A process may end at any moment: of one that is gone there is nothing to tell. */
import { readdirSync, readFileSync } from 'node:fs'

/** None where there is no /proc. */
export function runningPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** Of /proc/PID/stat, from the third field on: the state, the parent, ... */
export function statFields(pid: number): string[] {
  const stat = read(pid, 'stat')
  // The second field is the command in parentheses and may hold spaces, so count from behind it.
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

export const parentOf = (pid: number): number => Number(statFields(pid)[1])

/** Those that its main thread has started, as Node does (proc(5), CONFIG_PROC_CHILDREN). */
export const childrenOf = (pid: number): number[] =>
  read(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number)

/** A process that has ended and that its parent has not asked about yet. */
export const isZombie = (pid: number): boolean => statFields(pid)[0] === 'Z'

/** In kernel ticks since boot; empty for a process that is gone. */
export const startTicks = (pid: number): string => statFields(pid)[19] ?? ''

const ticksASecond = 100

/** CPU time of a process alone (fields 14 and 15 of stat). */
export const cpuSecondsOf = (pid: number): number =>
  statFields(pid)
    .slice(11, 13)
    .reduce((sum, ticks) => sum + Number(ticks), 0) / ticksASecond

/** Bytes that a process has had written to a disk (proc(5), io); NaN where the kernel does not tell. */
export const diskBytesWrittenBy = (pid: number): number =>
  Number(/^write_bytes: (\d+)$/m.exec(read(pid, 'io'))?.[1] ?? Number.NaN)

/** Of the program, at most 15 characters. */
export const programName = (pid: number): string => read(pid, 'comm').trim()

/** Its arguments, joined by spaces. */
export const commandLine = (pid: number): string => read(pid, 'cmdline').replaceAll('\0', ' ').trim()

/** Bytes in memory: now (VmRSS), or the most there ever were (VmHWM). */
export function residentBytes(pid: number, which: 'VmRSS' | 'VmHWM'): number {
  const [, kilobytes] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(read(pid, 'status')) ?? []
  return Number(kilobytes ?? 0) * 1024
}

function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
