/** Whether what names something else names something that is there, and can reach it. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { composeFolder, type Compose, type ComposeService } from './read-compose.ts'

export function wiringProblems(compose: Compose, service: ComposeService): string[] {
  const { depends_on = {}, networks = [], volumes = [], environment = {} } = service
  const reached = Object.values(environment).flatMap(addressesIn)
  return [
    ...Object.entries(depends_on).flatMap(([other, { condition }]) =>
      condition !== 'service_healthy'
        ? [`does not wait until ${other} is healthy`]
        : compose.services[other]?.healthcheck === undefined
          ? [`waits for ${other}, which never tells that it is healthy`]
          : [],
    ),
    ...networks.filter((one) => !(one in compose.networks)).map((one) => `there is no network ${one}`),
    ...volumes.flatMap(missingSource(compose)),
    ...reached.flatMap((address) => unreached(compose, service, address)),
    ...(service.profiles === undefined ? reached : [])
      .map(({ host }) => host)
      .filter((host) => !(host in depends_on))
      .map((host) => `does not wait for ${host}, which it needs`),
  ]
}

interface Address {
  readonly host: string
  /** Empty for the protocol's own. */
  readonly port: string
}

/** Of other containers; whatever a URL has before an @ is no part of it. */
const addressesIn = (text: string): Address[] =>
  [...text.matchAll(/\b\w+:\/\/(?:[^@\s/]*@)?([\w.]+)(?::(\d+))?/g)]
    .map(([, host, port = '']) => ({ host: host!, port }))
    .filter(({ host }) => host !== '127.0.0.1')

function unreached(compose: Compose, { networks = [] }: ComposeService, { host, port }: Address): string[] {
  const other = compose.services[host]
  if (other === undefined) return [`there is no ${host}`]
  const { PORT, METRICS_PORT } = other.environment ?? {}
  return [
    ...(networks.some((one) => other.networks?.includes(one)) ? [] : [`cannot reach ${host}`]),
    // Of others than ours we do not know what they listen on.
    ...(METRICS_PORT === undefined || [PORT, METRICS_PORT].includes(port)
      ? []
      : [`${host} has no port ${port}`]),
  ]
}

const missingSource =
  ({ volumes }: Compose) =>
  (volume: string): string[] => {
    const [source = ''] = volume.split(':')
    if (source.startsWith('/')) return []
    const isThere = source.startsWith('.') ? existsSync(join(composeFolder, source)) : source in volumes
    return isThere ? [] : [`there is no ${source} to mount`]
  }
