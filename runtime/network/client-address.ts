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

export function createClientAddress(isProxy: IsProxy): ClientAddressOf {
  return (request) => {
    // It is known no more of a connection that was reset meanwhile.
    if (request.socket.remoteAddress === undefined) return ''
    const told = plainAddress(proxyAddr(request, isProxy))
    // A proxy that passes on nonsense is all that is known of its client.
    return isIP(told) === 0 ? plainAddress(request.socket.remoteAddress) : told
  }
}

/** IPv4 as IPv4, also where a socket for both families shows it as IPv6; without the name of an interface. */
const plainAddress = (address: string) => address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '')
