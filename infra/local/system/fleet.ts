/** The services of one system: started together, joined by further ones of a kind, and stopped stage by stage. */
import { checkout } from '#infra/local/folders.ts'
import { startAll } from '#infra/local/processes/start-all.ts'
import { memoryEnvironmentOf } from '#infra/memory-limits.ts'
import type { PortBook } from '#infra/local/processes/ports.ts'
import { startService, type Service } from './service.ts'
import {
  serviceEnvironment,
  serviceKinds,
  services as registry,
  type ServiceKind,
  type Deployment,
} from './services.ts'

export interface FleetOptions {
  readonly directory: string
  readonly ports: PortBook
  readonly deployment: Deployment
  /** Further settings by kind of service. */
  readonly serviceEnv?: Partial<Record<ServiceKind, NodeJS.ProcessEnv>> | undefined
  /** Where the services' code is; default this checkout. */
  readonly root?: string | undefined
  /** Starts a service again when it dies; default true. */
  readonly supervise?: boolean | undefined
  /** Gets a line for each warning of a service, and for each death. */
  readonly report?: ((line: string) => void) | undefined
}

export interface Fleet extends AsyncDisposable {
  /** By their names. */
  readonly services: ReadonlyMap<string, Service>
  /** One service of each kind. */
  startEach(signal: AbortSignal | undefined): Promise<void>
  start(
    kind: ServiceKind,
    name: string,
    env: NodeJS.ProcessEnv,
    signal: AbortSignal | undefined,
  ): Promise<Service>
}

export function createFleet(options: FleetOptions): Fleet {
  const { directory, ports, deployment, serviceEnv } = options
  const { root = checkout, supervise = true, report = () => undefined } = options
  const services = new Map<string, Service>()
  const stages = new Map<number, Service[]>()

  const start: Fleet['start'] = async (kind, name, env, signal) => {
    const { main, preferredPort, preferredMetricsPort, stage } = registry[kind]
    const listening = preferredPort !== undefined && {
      HOST: '127.0.0.1',
      PORT: String(await ports.claim(name, preferredPort)),
    }
    const service = await startService({
      name,
      main,
      root,
      metricsPort: await ports.claim(`${name}-metrics`, preferredMetricsPort),
      env: {
        ...serviceEnvironment(kind, name, deployment),
        ...memoryEnvironmentOf(kind),
        ...listening,
        ...serviceEnv?.[kind],
        ...env,
      },
      directory,
      supervise,
      report,
      signal,
    })
    services.set(name, service)
    stages.set(stage, [...(stages.get(stage) ?? []), service])
    return service
  }
  return {
    services,
    start,
    startEach: async (signal) => {
      await startAll(
        serviceKinds.map((kind) => (either) => start(kind, kind, {}, either)),
        signal,
      )
    },
    async [Symbol.asyncDispose]() {
      for (const stage of [...stages.keys()].toSorted((a, b) => b - a))
        await Promise.all(stages.get(stage)!.map((service) => service.stop()))
    },
  }
}
