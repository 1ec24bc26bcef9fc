/** A whole Earshot on this machine: stores, inbox and the five services, started together and stopped in order. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { withDatabase } from './database-url.ts'
import { startInfrastructure, type Infrastructure, type InfrastructureOptions } from './infrastructure.ts'
import { ownDirectory } from '#infra/local/processes/own-directory.ts'
import { openPortBook } from '#infra/local/processes/ports.ts'
import { readSecrets } from './secrets.ts'
import { startService, type Service } from './service.ts'
import { mainFiles, serviceEnvironment, type ServiceKind, type Surroundings } from './services.ts'
import type { Machine } from '#infra/local/machine/set-up.ts'
import { endStaleProcesses } from '#infra/local/processes/stale-processes.ts'
import { startAll } from '#infra/local/processes/start-all.ts'

export interface SystemOptions extends Pick<
  InfrastructureOptions,
  'rabbitmqUrl' | 'mongodbUrl' | 'mail' | 'signal'
> {
  /** Holds everything this system writes. */
  readonly directory: string
  readonly machine: Machine
  /** Further settings by kind of service. */
  readonly serviceEnv?: Partial<Record<ServiceKind, NodeJS.ProcessEnv>>
  /** Starts a service again when it dies; default true. */
  readonly supervise?: boolean
  /** Added to every preferred port; see ports.ts. */
  readonly portOffset?: number
  /** Gets a line for each warning of a service, and for each death. */
  readonly report?: (line: string) => void
}

export interface System extends AsyncDisposable, Pick<Infrastructure, 'mongo' | 'broker' | 'inbox'> {
  readonly publicUrl: string
  /** The inbox page; undefined where mails go elsewhere. */
  readonly inboxUrl: string | undefined
  readonly services: ReadonlyMap<string, Service>
  readonly surroundings: Surroundings
  readonly userPassword: string
  /** One more process of a kind; a further converter, say. */
  addService(kind: ServiceKind, name: string, env?: NodeJS.ProcessEnv): Promise<Service>
}

/** The last layer stops first, each service of a layer at the same time. */
const layers: readonly (readonly ServiceKind[])[] = [['auth', 'media'], ['converter', 'mailer'], ['router']]

export async function startSystem(options: SystemOptions): Promise<System> {
  const { directory, machine, signal } = options
  await using started = new AsyncDisposableStack()
  started.use(await ownDirectory(directory))
  await endStaleProcesses(directory)
  await setAsideLogs(directory)
  const secrets = await readSecrets(join(directory, 'secrets.json'))
  const ports = started.use(
    await openPortBook({ file: join(directory, 'ports.json'), offset: options.portOffset ?? 0 }),
  )
  const infrastructure = started.use(await startInfrastructure({ ...options, ports, mongo: machine.mongo }))
  const { mongo, broker, inbox, mail } = infrastructure
  const origin = async (name: string) => `http://127.0.0.1:${await ports.claim(name)}`
  const surroundings: Surroundings = {
    publicUrl: await origin('router'),
    authUrl: await origin('auth'),
    mediaUrl: await origin('media'),
    mongodbUrl: withDatabase(infrastructure.mongodbUrl, 'earshot'),
    rabbitmqUrl: infrastructure.rabbitmqUrl,
    mail,
    secrets: secrets.settings,
    ffmpegPath: machine.ffmpegPath,
    ffprobePath: machine.ffprobePath,
    directory,
  }

  const services = new Map<string, Service>()
  const kinds = new Map<string, ServiceKind>()
  for (const layer of layers) started.defer(() => stopLayer(layer, services, kinds))
  const start = async (
    kind: ServiceKind,
    name: string,
    env: NodeJS.ProcessEnv,
    startSignal?: AbortSignal,
  ) => {
    const service = await startService({
      name,
      main: mainFiles[kind],
      port: await ports.claim(name),
      env: { ...serviceEnvironment(kind, name, surroundings), ...options.serviceEnv?.[kind], ...env },
      directory,
      supervise: options.supervise ?? true,
      report: options.report ?? (() => undefined),
      signal: startSignal,
    })
    services.set(name, service)
    kinds.set(name, kind)
    return service
  }
  const starters = layers.flat().map((kind) => (either: AbortSignal) => start(kind, kind, {}, either))
  await startAll(starters, signal)
  const owned = started.move()
  return {
    publicUrl: surroundings.publicUrl,
    mongo,
    broker,
    inbox,
    inboxUrl: inbox?.url,
    services,
    surroundings,
    userPassword: secrets.userPassword,
    addService: (kind, name, env = {}) => start(kind, name, env, signal),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function stopLayer(
  layer: readonly ServiceKind[],
  services: ReadonlyMap<string, Service>,
  kinds: ReadonlyMap<string, ServiceKind>,
): Promise<void> {
  const stopping = [...services].filter(([name]) => layer.includes(kinds.get(name) as ServiceKind))
  await Promise.all(stopping.map(([, service]) => service.stop()))
}

/** Each run begins with fresh logs; those of the run before are kept. */
async function setAsideLogs(directory: string): Promise<void> {
  const before = join(directory, 'log.before')
  await rm(before, { recursive: true, force: true })
  await rename(join(directory, 'log'), before).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
