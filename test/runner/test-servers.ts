/** The real servers that tests run against, started for them and stopped after them. */
import { join } from 'node:path'
import { startBroker } from '#infra/local/system/broker.ts'
import { withoutDatabase } from '#infra/local/system/database-url.ts'
import { setDeadline } from '#infra/local/processes/deadline.ts'
import { listenForInterruption } from '#infra/local/processes/listen-for-interruption.ts'
import { compileCache, localDirectory } from '#infra/local/folders.ts'
import { startMongo } from '#infra/local/mongo/start-mongo.ts'
import { ownDirectory } from '#infra/local/processes/own-directory.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { setUp, type Machine } from '#infra/local/machine/set-up.ts'
import { endStaleProcesses, killRecorded } from '#infra/local/processes/stale-processes.ts'
import { startAll } from '#infra/local/processes/start-all.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { bringTestEquipment } from './test-equipment.ts'

const directory = join(localDirectory, 'test')
/** Away from a system that `npm start` may be running. */
const portOffset = 1_000

export interface TestServersOptions {
  /** When it must all be over; the process exits with 1 soon after. */
  readonly deadlineMs: number
  readonly run: (env: NodeJS.ProcessEnv, signal: AbortSignal) => Promise<number>
}

/** Calls with the environment that the tests need, and resolves with their exit code; 130 after an interruption. */
export async function withTestServers({ deadlineMs, run }: TestServersOptions): Promise<number> {
  using interruption = listenForInterruption(
    () => process.stdout.write('\nStopping the tests\n'),
    () => {
      killRecorded(directory)
      process.exit(130)
    },
  )
  const deadline = setDeadline({
    afterMs: deadlineMs,
    onPassed: () =>
      process.stdout.write(`\nNot over after ${deadlineMs / 60_000} minutes: ending the tests\n`),
    onForce: () => killRecorded(directory),
  })
  const signal = AbortSignal.any([interruption.signal, deadline])
  try {
    const steps = createSteps(process.stdout)
    const machine = await setUp({ env: process.env, steps })
    const equipment = await bringTestEquipment(process.env, steps)
    await using servers = new AsyncDisposableStack()
    const env = await startServers(machine, servers, signal)
    return await run({ ...process.env, ...env, ...equipment, NODE_COMPILE_CACHE: compileCache }, signal)
  } catch (error) {
    if (deadline.aborted) return 1
    if (signal.aborted) return 130
    throw error
  }
}

/** Adds what the tests need to know of them to the environment. */
async function startServers(
  machine: Machine,
  servers: AsyncDisposableStack,
  signal: AbortSignal,
): Promise<NodeJS.ProcessEnv> {
  servers.use(await ownDirectory(directory))
  await endStaleProcesses(directory)
  const ports = servers.use(await openPortBook({ file: join(directory, 'ports.json'), offset: portOffset }))
  const { mongo: found, ffmpegPath, ffprobePath } = machine
  const { TEST_MONGODB_URL, TEST_RABBITMQ_URL, TEST_RABBITMQ_MANAGEMENT_URL } = process.env
  const env: NodeJS.ProcessEnv = { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath }
  const starters: ((either: AbortSignal) => Promise<AsyncDisposable>)[] = []
  if (TEST_MONGODB_URL === undefined && found.kind === 'url') {
    env['TEST_MONGODB_URL'] = withoutDatabase(found.url)
  } else if (TEST_MONGODB_URL === undefined && found.kind !== 'url') {
    starters.push(async (either) => {
      const mongo = await startMongo({ directory, ports, found, fresh: true, signal: either })
      env['TEST_MONGODB_URL'] = mongo.url
      return mongo
    })
  }
  if (TEST_RABBITMQ_URL === undefined || TEST_RABBITMQ_MANAGEMENT_URL === undefined) {
    starters.push(async (either) => {
      const broker = await startBroker({ directory, ports, management: true, fresh: true, signal: either })
      env['TEST_RABBITMQ_URL'] = broker.url
      env['TEST_RABBITMQ_MANAGEMENT_URL'] = broker.managementUrl
      return broker
    })
  }
  for (const server of await startAll(starters, signal)) servers.use(server)
  return env
}
