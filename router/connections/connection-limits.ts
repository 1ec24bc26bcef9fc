/** Bounds the connections of the process, and those of each address. */
import type { FastifyInstance } from 'fastify'
import type { Socket } from 'node:net'
import { DomainError } from '#runtime/domain-error.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { ClientAddressOf, IsProxy } from '#runtime/network/client-address.ts'
import { createOpenCount } from './open-count.ts'

export interface ConnectionLimits {
  readonly most: number
  readonly mostPerAddress: number
  readonly isProxy: IsProxy
  readonly clientAddressOf: ClientAddressOf
}

/** Proxies have connections of many clients: theirs are counted by what they carry at once. */
export function limitConnections(http: FastifyInstance, limits: ConnectionLimits): void {
  const { most, mostPerAddress, isProxy, clientAddressOf } = limits
  const open = createOpenCount(mostPerAddress)
  http.server.maxConnections = most
  http.server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    if (isProxy(address)) return
    const release = open.take(addressBlock(address))
    if (release) socket.once('close', release)
    else socket.destroy()
  })
  http.addHook('onRequest', async ({ raw }, reply) => {
    if (!isProxy(raw.socket.remoteAddress ?? '')) return
    const release = open.take(addressBlock(clientAddressOf(raw)))
    if (release === null)
      throw new DomainError('TOO_MANY_REQUESTS', undefined, { details: { retryAfterMs: 1_000 } })
    reply.raw.once('close', release)
  })
}
