/** Measures a piece of work that may start processes: wall time, CPU time of it and of them, and the most memory at once (proc(5)). */
import { childrenOf, residentBytes, statFields } from '#infra/local/processes/proc.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { createLogger } from '#runtime/process/log.ts'

export interface Usage<Result> {
  readonly result: Result
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** Of the processes started, and of this one beyond what it had at first. */
  readonly peakMemoryMb: number
}

const ticksASecond = 100

/** Work of other kinds must not run in this process meanwhile: it would be counted too. */
export async function measureUsage<Result>(work: () => Promise<Result>): Promise<Usage<Result>> {
  const firstMb = process.memoryUsage.rss() / 2 ** 20
  let peakMemoryMb = 0
  const sample = async () => {
    const children = childrenOf(process.pid).map((pid) => residentBytes(pid, 'VmRSS') / 2 ** 20)
    const own = process.memoryUsage.rss() / 2 ** 20 - firstMb
    peakMemoryMb = Math.max(
      peakMemoryMb,
      children.reduce((sum, value) => sum + value, Math.max(0, own)),
    )
  }
  const log = createLogger({ service: 'bench', level: 'warn', format: 'pretty' })
  await using sampling = repeat(sample, { name: 'memory', everyMs: 200, log })
  const [startMs, startCpu] = [performance.now(), cpuSeconds()]
  const result = await work()
  const [wallSeconds, cpu] = [(performance.now() - startMs) / 1000, cpuSeconds() - startCpu]
  await sampling[Symbol.asyncDispose]()
  return { result, wallSeconds, cpuSeconds: cpu, peakMemoryMb }
}

/** Its own, and that of children that have ended (fields 16 and 17 of stat). */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  const fields = statFields(process.pid)
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / ticksASecond
}
