/** Measures a piece of work that may start processes: wall time, CPU time of it and of them, and the most memory at once (proc(5)). */
import { readFile } from 'node:fs/promises'
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
    const children = await Promise.all((await childPids()).map(residentMb))
    const own = process.memoryUsage.rss() / 2 ** 20 - firstMb
    peakMemoryMb = Math.max(
      peakMemoryMb,
      children.reduce((sum, value) => sum + value, Math.max(0, own)),
    )
  }
  const log = createLogger({ service: 'bench', level: 'warn', format: 'pretty' })
  await using sampling = repeat(sample, { name: 'memory', everyMs: 200, log })
  const [startMs, startCpu] = [performance.now(), await cpuSeconds()]
  const result = await work()
  const [wallSeconds, cpu] = [(performance.now() - startMs) / 1000, (await cpuSeconds()) - startCpu]
  await sampling[Symbol.asyncDispose]()
  return { result, wallSeconds, cpuSeconds: cpu, peakMemoryMb }
}

/** Its own, and that of children that have ended (fields 16 and 17 of stat). */
async function cpuSeconds(): Promise<number> {
  const { user, system } = process.cpuUsage()
  const fields = fieldsOf(await readFile('/proc/self/stat', 'utf8'))
  return (user + system) / 1e6 + (Number(fields[13]) + Number(fields[14])) / ticksASecond
}

/** As the kernel lists them: to ask every process for its parent would take a few hundredths of the core that is measured. */
async function childPids(): Promise<string[]> {
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8')
  return children.split(' ').filter(Boolean)
}

async function residentMb(pid: string): Promise<number> {
  const status = await readOrNothing(`/proc/${pid}/status`)
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024
}

/** From the third field on: what comes before is the name, which may hold anything. */
const fieldsOf = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ')

/** A process may have ended since it was listed. */
async function readOrNothing(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '')
}
