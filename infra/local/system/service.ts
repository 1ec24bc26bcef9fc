/** One of our services: starts it, waits until it is ready, starts it again when it dies, and stops it. */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessEnd } from '#infra/local/processes/owned-process.ts'
import {
  endOfLog,
  startServiceProcess,
  type ServiceProcess,
  type ServiceProcessOptions,
} from './service-process.ts'
import { createSupervisor } from './supervisor.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

export interface ServiceOptions extends ServiceProcessOptions {
  readonly metricsPort: number
  /** Starts it again when it dies, as Kubernetes would. */
  readonly supervise: boolean
  readonly signal?: AbortSignal | undefined
}

export interface Service extends AsyncDisposable {
  readonly name: string
  /** Where it says how it is. */
  readonly healthOrigin: string
  readonly logFile: string
  /** Undefined while it does not run. */
  readonly pid: number | undefined
  /** Resolves when /health/ready says yes. */
  ready(signal?: AbortSignal): Promise<void>
  /** Drains and ends, and stays down until `restart`. Resolves to how it ended; undefined when it did not run. */
  stop(): Promise<ProcessEnd | undefined>
  /** SIGKILL to the whole group. A supervised service comes back by itself, another at `restart`. */
  kill(): Promise<void>
  /** Ends it if it runs, starts it again (with further settings and other code, from then on), and waits until it is ready. */
  restart(env?: NodeJS.ProcessEnv, root?: string): Promise<void>
}

/** Much longer than it takes on a machine that does nothing else. */
const readyDeadlineMs = 180_000
const lastWordsMs = 1_000

/** Resolves when the service is ready; a death before that rejects with the end of its log. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, metricsPort, directory, supervise, report, signal } = options
  const healthOrigin = `http://127.0.0.1:${metricsPort}`
  let env: NodeJS.ProcessEnv = { ...options.env, METRICS_PORT: String(metricsPort) }
  let { root } = options
  let wasReady = false
  const supervisor = createSupervisor({
    name,
    launch: () => startServiceProcess({ ...options, env, root }),
    isToBeRevived: () => supervise && wasReady,
    report,
  })
  const ready = (readySignal?: AbortSignal) => waitUntilReady(name, healthOrigin, readySignal)
  const start = async (startSignal?: AbortSignal) => {
    const started = await supervisor.start()
    if (started === undefined) return
    await Promise.race([ready(startSignal), rejectOnExit(started)]).catch(async (error: unknown) => {
      await supervisor.end('kill')
      throw error
    })
  }

  await start(signal)
  wasReady = true
  return {
    name,
    healthOrigin,
    logFile: join(directory, 'log', `${name}.log`),
    get pid() {
      return supervisor.current?.pid
    },
    ready,
    stop: () => supervisor.end('stop'),
    kill: async () => void (await supervisor.current?.kill()),
    restart: async (further = {}, otherRoot = root) => {
      env = { ...env, ...further }
      root = otherRoot
      await supervisor.end('stop')
      await start()
    },
    [Symbol.asyncDispose]: async () => void (await supervisor.end('stop')),
  }
}

async function waitUntilReady(name: string, origin: string, signal: AbortSignal | undefined): Promise<void> {
  const probe = async (probeSignal: AbortSignal) => {
    const response = await fetch(`${origin}/health/ready`, { signal: probeSignal })
    await response.body?.cancel()
    return response.ok
  }
  await waitUntil(`${name} is ready`, probe, { withinMs: readyDeadlineMs, signal })
}

async function rejectOnExit(started: ServiceProcess): Promise<never> {
  const { code, signal } = await started.exited
  await Promise.race([started.silent, delay(lastWordsMs, undefined, { ref: false })])
  const how = signal ?? `code ${code}`
  throw new SetUpError(
    `${started.name} ended at once with ${how}. Its log ends so:\n${endOfLog(started.logFile)}`,
  )
}
