/** Runs RabbitMQ with its own name, ports, cookie, data and log, beside any other RabbitMQ of the machine. */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connects } from '#infra/local/processes/connects.ts'
import { findOnPath } from '#runtime/process/find-executable.ts'
import { startProcess, type OwnedProcess } from '#infra/local/processes/owned-process.ts'
import type { PortBook } from '#infra/local/processes/ports.ts'
import { untilAnswers } from '#infra/local/processes/until-answers.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

// The package's own script: the wrapper in /usr/sbin changes to a user who may not read this checkout.
const serverScripts = ['/usr/lib/rabbitmq/bin/rabbitmq-server', '/usr/local/sbin/rabbitmq-server']
const nodeName = 'earshot@localhost'

export interface BrokerOptions {
  readonly directory: string
  readonly ports: PortBook
  /** Serves the HTTP API, by which tests make a virtual host in 0.1 s (rabbitmqctl takes 3 s). */
  readonly management?: boolean
  /** Begins with an empty broker, and kills it at the end. */
  readonly fresh?: boolean
  /** Added to the broker's environment. */
  readonly env?: NodeJS.ProcessEnv
  readonly signal?: AbortSignal
}

export interface Broker extends AsyncDisposable {
  readonly url: string
  readonly managementUrl: string | undefined
  readonly pid: number
  readonly process: OwnedProcess
}

export function findBroker(): string | undefined {
  return serverScripts.find((script) => existsSync(script))
}

export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { directory, ports, management = false, fresh = false, signal } = options
  const command = findBroker()
  if (command === undefined) throw new Error('RabbitMQ is not installed')
  const home = join(directory, 'rabbitmq')
  if (fresh) await rm(home, { recursive: true, force: true })
  await mkdir(home, { recursive: true, mode: 0o700 })
  const [amqpPort, distributionPort, epmdPort] = [
    await ports.claim('amqp'),
    await ports.claim('amqpDistribution'),
    await ports.claim('epmd'),
  ]
  const managementPort = management ? await ports.claim('management') : undefined
  await writeConfiguration(home, amqpPort, managementPort)
  const env = {
    ...brokerEnvironment(home, distributionPort, epmdPort),
    RABBITMQ_NODE_PORT: String(amqpPort),
    ...options.env,
  }

  await using started = new AsyncDisposableStack()
  started.use(await startNameServer(directory, env, epmdPort, signal))
  const server = started.use(
    await startProcess({ name: 'rabbitmq', command, args: [], env, cwd: home, directory, graceMs: 20_000 }),
  )
  const answers = async () =>
    (await speaksAmqp(amqpPort)) && (managementPort === undefined || (await connects(managementPort)))
  await untilAnswers(server, 'RabbitMQ', answers, { withinMs: 180_000, signal })
  if (fresh) started.defer(async () => void (await server.kill()))
  const owned = started.move()
  return {
    url: localBrokerUrl(amqpPort),
    managementUrl:
      managementPort === undefined ? undefined : `http://guest:guest@127.0.0.1:${managementPort}`,
    pid: server.pid,
    process: server,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** Erlang would start epmd as a daemon that outlives the broker; one that runs already is used and ends with us. */
async function startNameServer(
  directory: string,
  env: NodeJS.ProcessEnv,
  port: number,
  signal: AbortSignal | undefined,
): Promise<OwnedProcess> {
  const command = findOnPath('epmd') ?? '/usr/lib/erlang/bin/epmd'
  const process = await startProcess({ name: 'epmd', command, args: [], env, directory })
  await waitUntil('epmd answers', () => connects(port), { withinMs: 10_000, signal })
  return process
}

async function writeConfiguration(
  home: string,
  amqpPort: number,
  managementPort: number | undefined,
): Promise<void> {
  const lines = [
    `listeners.tcp.1 = 127.0.0.1:${amqpPort}`,
    // The default of 512 MB is held in memory by a node with quorum queues.
    'raft.wal_max_size_bytes = 67108864',
    ...(managementPort === undefined
      ? []
      : ['management.tcp.ip = 127.0.0.1', `management.tcp.port = ${managementPort}`]),
  ]
  await writeFile(join(home, 'rabbitmq.conf'), `${lines.join('\n')}\n`)
  await writeFile(join(home, 'plugins'), managementPort === undefined ? '[].\n' : '[rabbitmq_management].\n')
}

/** Nothing is inherited but the path: a stray RABBITMQ_* or ERL_* of the caller must not lead elsewhere. */
function brokerEnvironment(home: string, distributionPort: number, epmdPort: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: home,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(epmdPort),
    RABBITMQ_NODENAME: nodeName,
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'plugins'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_PID_FILE: join(home, 'pid'),
    // Without it the port between Erlang nodes listens on every address.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // Makes the script become the Erlang machine instead of its parent, so that one process has the signals.
    RABBITMQ_ALLOW_INPUT: 'yes',
    RABBITMQ_SERVER_START_ARGS: '-noinput',
  }
}

/** AMQP 0-9-1, 4.2.2: the server answers the protocol header with a method frame (type 1) once it takes clients. */
function speaksAmqp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.setTimeout(2_000, () => socket.destroy())
    socket.once('connect', () => socket.write(Buffer.from('AMQP\0\0\x09\x01', 'latin1')))
    socket.once('data', (data) => {
      resolve(data[0] === 1)
      socket.destroy()
    })
    socket.once('error', () => resolve(false)).once('close', () => resolve(false))
  })
}

/** For the user that RabbitMQ makes by itself, who may connect on loopback only. */
export const localBrokerUrl = (port: number) => `amqp://guest:guest@127.0.0.1:${port}`
