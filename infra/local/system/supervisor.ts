/** Keeps one process of a service running: one that dies by itself is started again, after a pause that grows. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessEnd } from '#infra/local/processes/owned-process.ts'
import type { ServiceProcess } from './service-process.ts'

export interface SupervisorOptions {
  readonly name: string
  readonly launch: () => Promise<ServiceProcess>
  /** Asked when the process has died by itself. */
  readonly isToBeRevived: () => boolean
  readonly report: (line: string) => void
}

export interface Supervisor {
  /** Undefined while nothing runs. */
  readonly current: ServiceProcess | undefined
  /** Undefined where it was ended before it ran. */
  start(): Promise<ServiceProcess | undefined>
  /** For good, until the next start. Resolves to how it ended; undefined when it did not run. */
  end(how: 'stop' | 'kill'): Promise<ProcessEnd | undefined>
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** After this long without a death the next pause is short again. */
const wellAfterMs = 60_000

export function createSupervisor({ name, launch, isToBeRevived, report }: SupervisorOptions): Supervisor {
  let current: ServiceProcess | undefined
  let pauseMs = firstPauseMs
  // Raised by every deliberate change, so that a new start that was under way gives way to it.
  let generation = 0

  const begin = async (mine: number): Promise<ServiceProcess | undefined> => {
    const started = await launch()
    if (mine !== generation) return void (await started.kill())
    current = started
    const startedAt = performance.now()
    void started.exited.then((end) => revive(started, end, performance.now() - startedAt))
    return started
  }
  const revive = async (ended: ServiceProcess, { signal, code }: ProcessEnd, ranMs: number) => {
    if (current !== ended) return
    current = undefined
    if (!isToBeRevived()) return
    const mine = generation
    if (ranMs > wellAfterMs) pauseMs = firstPauseMs
    report(`${name}: ended with ${signal ?? `code ${code}`}; starting it again in ${pauseMs / 1000} s`)
    await delay(pauseMs, undefined, { ref: false })
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
    if (mine === generation) await begin(mine)
  }
  return {
    get current() {
      return current
    },
    start: () => begin(++generation),
    async end(how) {
      generation++
      const ending = current
      current = undefined
      return await ending?.[how]()
    },
  }
}
