/** `npm test`: the checks, then every test against real servers that are started for it and stopped after it. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startBroker } from './broker.ts'
import { withoutDatabase } from './database-url.ts'
import { listenForInterruption } from './interruption.ts'
import { checkout, compileCache, localDirectory } from './layout.ts'
import { startMongo } from './mongo/start-mongo.ts'
import { ownDirectory } from './owner.ts'
import { openPortBook } from './ports.ts'
import { bringRealSamples } from './real-samples.ts'
import { setUp, type Machine } from './set-up.ts'
import { endStaleProcesses, killRecorded } from './stale-processes.ts'
import { startAll } from './start-all.ts'
import { createSteps } from './steps.ts'
import { chooseTestFiles, runTestFiles } from './test-files.ts'

const directory = join(localDirectory, 'test')
/** Away from a system that `npm start` may be running. */
const portOffset = 1_000

/** Resolves with the exit code. Paths (files, folders or globs) limit the run to them and leave out the checks. */
export async function runTests(paths: readonly string[]): Promise<number> {
  using interruption = listenForInterruption(
    () => process.stdout.write('\nStopping the tests\n'),
    () => {
      killRecorded(directory)
      process.exit(130)
    },
  )
  const { signal } = interruption
  try {
    const files = await chooseTestFiles(paths)
    const steps = createSteps(process.stdout)
    const machine = await setUp({ env: process.env, steps })
    const samples = await bringRealSamples(process.env, steps)
    await using servers = new AsyncDisposableStack()
    const [checked, env] = await Promise.all([
      paths.length > 0 ? true : runChecks(signal),
      startServers(machine, servers, signal),
    ])
    const passed = await runTestFiles(files, {
      env: { ...process.env, ...env, REAL_SAMPLES_DIRECTORY: samples, NODE_COMPILE_CACHE: compileCache },
      signal,
    })
    if (!checked) process.stdout.write('npm run check failed: what it found stands above the tests.\n')
    return passed && checked ? 0 : 1
  } catch (error) {
    if (signal.aborted) return 130
    throw error
  }
}

function runChecks(signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', '--if-present', 'check'], {
      cwd: checkout,
      stdio: 'inherit',
    })
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
    child.once('error', reject).once('close', (code) => resolve(code === 0))
  })
}

/** Resolves with what the tests need to know. */
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
