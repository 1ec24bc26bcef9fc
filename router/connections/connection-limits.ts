/** Bounds the connections of the process and those of each address, and the bodies that wait to be answered. */
import type { FastifyInstance } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { DomainError } from '#runtime/domain-error.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { ClientAddressOf, IsProxy } from '#runtime/network/client-address.ts'
import { isBytePath } from '#router/bytes/byte-paths.ts'
import { createFairShare } from '#runtime/fair-share.ts'
import { createOpenCount } from './open-count.ts'

export interface ConnectionLimits {
  readonly most: number
  readonly mostPerAddress: number
  readonly isProxy: IsProxy
  readonly clientAddressOf: ClientAddressOf
}

export interface BodyLimits {
  /** Of all requests that are not answered yet, uploads aside. */
  readonly mostBodyBytes: number
  readonly clientAddressOf: ClientAddressOf
}

/** When there are too many, the site that has the most loses the oldest of its largest host. Proxies have connections of many clients: theirs are counted by what they carry at once. */
export function limitConnections(http: FastifyInstance, limits: ConnectionLimits): void {
  const { most, mostPerAddress, isProxy, clientAddressOf } = limits
  const open = createOpenCount(mostPerAddress)
  const ofProxies = createOpenCount(most)
  const all = createFairShare(most)
  http.server.prependListener('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const block = addressBlock(address)
    const release = isProxy(address) ? ofProxies.take('all') : open.take(block)
    if (release === null) return void socket.destroy()
    socket.once('close', release)
    if (!isProxy(address))
      socket.once(
        'close',
        all.take(block, 1, () => socket.destroy(), addressBlock(address, 'site')),
      )
  })
  http.addHook('onRequest', async ({ raw }, reply) => {
    if (!isProxy(raw.socket.remoteAddress ?? '')) return
    const release = open.take(addressBlock(clientAddressOf(raw)))
    if (release === null)
      throw new DomainError('TOO_MANY_REQUESTS', undefined, { details: { retryAfterMs: 1_000 } })
    reply.raw.once('close', release)
  })
}

/** What is read into memory whole, by whatever route; a longer body is refused unread. */
export const largestBodyBytes = 256 * 1024

/** Many addresses could otherwise fill the memory with bodies that never end. */
export function limitBodies(http: FastifyInstance, { mostBodyBytes, clientAddressOf }: BodyLimits): void {
  const bodies = createFairShare(mostBodyBytes)
  http.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (isBytePath(request.url ?? '')) return
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
    const bytes = encoding === undefined ? Number(length ?? 0) : largestBodyBytes
    if (bytes === 0) return
    const giveWay = () => request.socket.destroy()
    const address = clientAddressOf(request)
    const [host, site] = [addressBlock(address), addressBlock(address, 'site')]
    response.once('close', bodies.take(host, Math.min(bytes, largestBodyBytes), giveWay, site))
  })
}
