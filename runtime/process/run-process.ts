/** The life of a process: read settings, start, serve, and on SIGTERM let everything go in reverse order. */
import { collectDefaultMetrics, Registry } from 'prom-client'
import type * as z from 'zod'
import { tellVersion } from './build-info.ts'
import { createHealth, type Health } from './health.ts'
import { sendConsoleToLog } from './console-to-log.ts'
import { createLogger, type Logger } from './log.ts'
import { serveHealth } from './serve-health.ts'
import { flushTraces } from '#runtime/tracing/trace-context.ts'
import { readSettings, SettingsError, type commonSettings } from './settings.ts'

export interface ProcessScope<S> {
  readonly settings: S
  readonly log: Logger
  readonly metrics: Registry
  readonly health: Health
  /** Aborted when the process is told to end; before anything is disposed. */
  readonly signal: AbortSignal
  /** What is added here is disposed in reverse order at the end. */
  readonly resources: AsyncDisposableStack
}

type WithCommonSettings = z.ZodObject<typeof commonSettings>

/** Runs `start` and then stays until SIGTERM or SIGINT. Exits 0 after a clean end, 1 otherwise. */
export async function runProcess<S extends WithCommonSettings>(
  service: string,
  schema: S,
  start: (scope: ProcessScope<z.infer<S>>) => Promise<void>,
): Promise<void> {
  // What strangers sent, and what is made of it, is nobody else's on this machine; also where a library makes the file.
  process.umask(0o077)
  const settings = settingsOrExit(schema)
  const log = createLogger({ service, level: settings.LOG_LEVEL, format: settings.LOG_FORMAT })
  sendConsoleToLog(log)
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  tellVersion(metrics, service, settings.VERSION)
  const health = createHealth()
  const ending = new AbortController()
  const resources = new AsyncDisposableStack()

  process.once('uncaughtException', (error) => crash(log, error))
  process.once('unhandledRejection', (error) => crash(log, error))
  const told = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, resolve)
  })
  try {
    const { METRICS_HOST: host, METRICS_PORT: port } = settings
    resources.use(await serveHealth({ health, metrics, log, host, port }))
    const started = start({ settings, log, metrics, health, signal: ending.signal, resources })
    const first = await Promise.race([started, told])
    if (first === undefined) {
      health.started()
      log.info({ metricsPort: port }, 'ready')
    } else {
      started.catch(() => undefined)
    }
    log.info({ signal: await told }, 'stopping')
  } catch (error) {
    log.fatal({ err: error }, 'the process could not start')
    process.exitCode = 1
  }
  health.stopping()
  ending.abort(new Error('the process is stopping'))
  await disposeWithin(resources, settings.SHUTDOWN_GRACE_MS, log)
  log.info('stopped')
  process.exit()
}

function settingsOrExit<S extends WithCommonSettings>(schema: S): z.infer<S> {
  try {
    return readSettings(schema, process.env)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}

async function disposeWithin(resources: AsyncDisposableStack, graceMs: number, log: Logger): Promise<void> {
  const late = setTimeout(() => {
    log.fatal({ graceMs }, 'the process did not stop within its grace period and exits all the same')
    process.exit(1)
  }, graceMs)
  try {
    await resources.disposeAsync()
    await flushTraces().catch((error: unknown) =>
      log.warn({ err: error }, 'the last traces could not be sent'),
    )
  } catch (error) {
    log.error({ err: error }, 'the process could not let go of all it held')
    process.exitCode = 1
  } finally {
    clearTimeout(late)
  }
}

function crash(log: Logger, error: unknown): void {
  log.fatal({ err: error }, 'an error that nobody handled ends the process')
  process.exit(1)
}
