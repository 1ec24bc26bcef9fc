/** A whole Earshot on this machine: stores, inbox and services, started together and stopped in order. */
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { withDatabase } from './database-url.ts'
import { startInfrastructure, type Infrastructure, type InfrastructureOptions } from './infrastructure.ts'
import { ownDirectory } from '#infra/local/processes/own-directory.ts'
import { openPortBook, type PortBook } from '#infra/local/processes/ports.ts'
import { readSecrets } from './secrets.ts'
import type { Service } from './service.ts'
import { createFleet, type FleetOptions } from './fleet.ts'
import {
  listeningKinds,
  services,
  type Deployment,
  type ListeningKind,
  type ServiceKind,
} from './services.ts'
import type { Machine } from '#infra/local/machine/set-up.ts'
import { endStaleProcesses } from '#infra/local/processes/stale-processes.ts'

export interface SystemOptions
  extends
    Pick<InfrastructureOptions, 'rabbitmqUrl' | 'mongodbUrl' | 'mail' | 'signal'>,
    Pick<FleetOptions, 'root' | 'serviceEnv' | 'supervise' | 'report'> {
  /** Holds everything this system writes. */
  readonly directory: string
  readonly machine: Machine
  /** Added to every preferred port; see ports.ts. */
  readonly portOffset?: number
}

export interface System extends AsyncDisposable, Pick<Infrastructure, 'mongo' | 'broker' | 'inbox'> {
  readonly publicUrl: string
  /** The inbox page; undefined where mails go elsewhere. */
  readonly inboxUrl: string | undefined
  readonly services: ReadonlyMap<string, Service>
  readonly deployment: Deployment
  readonly userPassword: string
  /** One more process of a kind; a further converter, say. */
  addService(kind: ServiceKind, name: string, env?: NodeJS.ProcessEnv): Promise<Service>
}

const useInstead =
  'use it from another terminal (npm run earshot -- convert talk.mp4), or stop it first (Ctrl-C there)'

/** Those that a user types in. */
const shownPorts: Readonly<Record<string, string>> = { router: 'the API', inbox: 'the inbox' }

export async function startSystem(options: SystemOptions): Promise<System> {
  const { directory, machine, signal, report } = options
  await using started = new AsyncDisposableStack()
  started.use(await ownDirectory(directory, useInstead))
  await endStaleProcesses(directory)
  await setAsideLogs(directory)
  const secrets = await readSecrets(join(directory, 'secrets.json'))
  const ports = started.use(
    await openPortBook({
      file: join(directory, 'ports.json'),
      offset: options.portOffset ?? 0,
      moved: (name, from, to) => {
        const seen = shownPorts[name]
        if (seen !== undefined) report?.(`port ${from} is taken: ${seen} uses ${to}, at later starts too`)
      },
    }),
  )
  const infrastructure = started.use(await startInfrastructure({ ...options, ports, mongo: machine.mongo }))
  const { mongo, broker, inbox, mail } = infrastructure
  const deployment: Deployment = {
    origins: await originsOf(ports),
    mongodbUrl: withDatabase(infrastructure.mongodbUrl, 'earshot'),
    rabbitmqUrl: infrastructure.rabbitmqUrl,
    mail,
    secrets: secrets.settings,
    ffmpegPath: machine.ffmpegPath,
    ffprobePath: machine.ffprobePath,
    directory,
  }
  const fleet = started.use(createFleet({ ...options, ports, deployment }))
  await fleet.startEach(signal)
  const owned = started.move()
  return {
    publicUrl: deployment.origins.router,
    mongo,
    broker,
    inbox,
    inboxUrl: inbox?.url,
    services: fleet.services,
    deployment,
    userPassword: secrets.userPassword,
    addService: (kind, name, env = {}) => fleet.start(kind, name, env, signal),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function originsOf(ports: PortBook): Promise<Deployment['origins']> {
  const origins: Partial<Record<ListeningKind, string>> = {}
  for (const kind of listeningKinds)
    origins[kind] = `http://127.0.0.1:${await ports.claim(kind, services[kind].preferredPort)}`
  return origins as Deployment['origins']
}

/** Each run begins with fresh logs; those of the run before are kept. */
async function setAsideLogs(directory: string): Promise<void> {
  const before = join(directory, 'log.before')
  await rm(before, { recursive: true, force: true })
  await rename(join(directory, 'log'), before).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
