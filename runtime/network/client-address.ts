/** The address a client connects from. What it says about itself counts only where a proxy of ours has said it. */
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'

/** Empty where it is not known. */
export type ClientAddressOf = (request: IncomingMessage) => string

export type IsProxy = (address: string) => boolean

/** @param trustedProxies Networks as CIDRs, or `loopback`, `linklocal`, `uniquelocal`. */
export function createProxyTrust(trustedProxies: readonly string[]): IsProxy {
  const trust = proxyAddr.compile([...trustedProxies])
  return (address) => trust(plainAddress(address), 0)
}

/**
 * Each proxy of ours adds at the end from where it was asked. So the addresses are read from their end, as far as each was
 * told by a proxy of ours: what stands before is anything that a client likes to say.
 */
export function createClientAddress(isProxy: IsProxy): ClientAddressOf {
  return ({ socket: { remoteAddress }, headers }) => {
    // It is known no more of a connection that was reset meanwhile.
    if (remoteAddress === undefined) return ''
    let known = plainAddress(remoteAddress)
    for (const told of toldAddresses(headers).toReversed()) {
      if (!isProxy(known)) break
      const address = plainAddress(withoutPort(told))
      // A proxy that passes on nonsense is all that is known of its client.
      if (isIP(address) === 0) break
      known = address
    }
    return known
  }
}

function toldAddresses({ 'x-forwarded-for': told }: IncomingMessage['headers']): string[] {
  // Node joins repeated headers of this name by commas.
  return typeof told === 'string' ? told.split(',').map((address) => address.trim()) : []
}

/** Some proxies add a port: `1.2.3.4:5678`, `[::1]:80`. An IPv6 address without brackets has none. */
function withoutPort(address: string): string {
  const [, six, four] = /^(?:\[([\da-f:.]+)\](?::\d+)?|([\d.]+):\d+)$/i.exec(address) ?? []
  return six ?? four ?? address
}

/** IPv4 as IPv4, also where a socket for both families shows it as IPv6; without the name of an interface. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '')
