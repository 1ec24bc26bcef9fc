/** How much CPU time each process of a system uses while something is done, with all programs that it starts. */
import { setTimeout as delay } from 'node:timers/promises'
import { childrenOf, cpuSecondsOf, startTicks } from '#infra/local/processes/proc.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createLogger } from '#runtime/process/log.ts'

/** By name. */
export type Pids = ReadonlyMap<string, number>

/** What a program uses after it was looked at for the last time is missed: some hundredths of a second of each. */
const everyMs = 50

/**
 * In seconds. Programs are watched while they run: the sandbox ends before what it has started, so that the kernel counts that to
 * nobody (proc(5), cutime).
 */
export async function cpuOf(pids: Pids, work: () => Promise<unknown>): Promise<Map<string, number>> {
  const programs = new Map<string, { readonly name: string; readonly seconds: number }>()
  const look = async () => {
    for (const [name, pid] of pids)
      for (const program of descendantsOf(pid)) {
        const key = `${program} ${startTicks(program)}`
        // Nothing is told of one that has ended meanwhile.
        programs.set(key, { name, seconds: Math.max(cpuSecondsOf(program), programs.get(key)?.seconds ?? 0) })
      }
  }
  await look()
  const before = new Map([...programs].map(([key, { seconds }]) => [key, seconds]))
  const own = new Map([...pids].map(([name, pid]) => [name, cpuSecondsOf(pid)]))
  const log = createLogger({ service: 'bench', level: 'warn', format: 'pretty' })
  {
    await using _looking = repeat(look, { name: 'look at programs', everyMs, log })
    await work()
  }
  const used = new Map([...pids].map(([name, pid]) => [name, cpuSecondsOf(pid) - own.get(name)!]))
  for (const [key, { name, seconds }] of programs)
    used.set(name, used.get(name)! + seconds - (before.get(key) ?? 0))
  return used
}

/** Of each process, in a second in which nobody asks for anything. */
export async function restingCpu(pids: Pids, seconds: number): Promise<ReadonlyMap<string, number>> {
  const used = await cpuOf(pids, () => delay(seconds * 1000))
  return new Map([...used].map(([name, value]) => [name, value / seconds]))
}

const descendantsOf = (pid: number): number[] =>
  childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)])
