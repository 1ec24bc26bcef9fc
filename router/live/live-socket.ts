/** WebSockets at /graphql: admits pages of allowed origins and clients with a token; at shutdown, closes all so that they reconnect. */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { Gauge, type Registry } from 'prom-client'
import { WebSocketServer } from 'ws'
import { serveGraphqlWs } from '#runtime/graphql/serve-graphql-ws.ts'
import { addressBlock } from '#runtime/network/address-block.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createOpenCount } from '#router/connections/open-count.ts'
import type { IsAllowedOrigin } from '#router/origins/allowed-origins.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import { createCostThrottle } from '#router/throttle/cost-throttle.ts'
import type { GraphqlServer } from '#router/graphql/graphql-server.ts'
import type { JudgeOperation } from '#router/guard/operation-guard.ts'
import type { IdentifyClient } from '#router/identify-client.ts'
import type { EndedSessions } from '#router/sessions/ended-sessions.ts'
import { userAgentOf } from '#router/user-agent.ts'
import { createLiveConnection } from './live-connection.ts'
import { createLiveOperations, type LiveExtra } from './live-operations.ts'

export interface LiveLimits {
  readonly socketsPerAddress: number
  readonly socketsPerUser: number
  /** From one address, over all its sockets, each of which counts as a message. */
  readonly messagesPerSecond: number
  readonly tokenTimeoutMs: number
}

export interface LiveSocketDependencies {
  readonly http: Server
  readonly server: GraphqlServer
  readonly judge: JudgeOperation
  readonly charge: ChargeClient
  readonly identify: IdentifyClient
  readonly ended: EndedSessions
  readonly clientAddressOf: ClientAddressOf
  /** Of the pages that may connect. */
  readonly isAllowedOrigin: IsAllowedOrigin
  readonly limits: LiveLimits
  readonly metrics: Registry
  readonly log: Logger
}

/** How long a client may take to answer the close frame. */
const goodbyeMs = 2_000
const maxMessageBytes = 256 * 1024
/** Each holds far more memory than its bytes. Libraries send a message whole, and a network brings it by a thousand bytes and more. */
const mostPieces = { maxFragments: 64, maxBufferedChunks: 1_024 } as const
const mostBufferedBytes = 1024 * 1024

/** Disposing closes every socket with 1001, after which clients connect again, elsewhere. */
export function openLiveSocket(dependencies: LiveSocketDependencies): AsyncDisposable {
  const {
    http,
    server,
    judge,
    charge,
    identify,
    ended,
    clientAddressOf,
    isAllowedOrigin,
    limits,
    metrics,
    log,
  } = dependencies
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    ...mostPieces,
    // One message of each socket, then others have their turn: not all that one has sent.
    allowSynchronousEvents: false,
  })
  const chargeMessage = createCostThrottle({ costPerSecond: limits.messagesPerSecond })
  const mayGoOn = (request: IncomingMessage) =>
    chargeMessage(addressBlock(clientAddressOf(request)), 1) === null
  const ofAddress = createOpenCount(limits.socketsPerAddress)
  const ofUser = createOpenCount(limits.socketsPerUser)
  const operations = createLiveOperations({
    server,
    judge,
    charge,
    log,
    connect: ({ socket, request }) =>
      createLiveConnection({
        ended,
        identify,
        address: clientAddressOf(request),
        userAgent: userAgentOf(request),
        takePlace: ofUser.take,
        tokenTimeoutMs: limits.tokenTimeoutMs,
        close: (code, reason) => socket.close(code, reason),
      }),
  })
  const protocol = serveGraphqlWs<LiveExtra>({
    ...operations,
    sockets,
    mostBufferedBytes,
    log,
    mayGoOn: ({ request }) => mayGoOn(request),
    onGivenUp: ({ operations: open }, id) => open?.giveUp(id),
  })
  countSockets(sockets, metrics)

  let isOpen = true
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const status = isOpen ? refusal(request, isAllowedOrigin) : '503 Service Unavailable'
    if (status !== null) return refuse(stream, status)
    if (!mayGoOn(request)) return refuse(stream, '429 Too Many Requests')
    const release = ofAddress.take(addressBlock(clientAddressOf(request)))
    if (release === null) return refuse(stream, '429 Too Many Requests')
    stream.once('close', release)
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request))
  }
  http.on('upgrade', upgrade)
  return {
    async [Symbol.asyncDispose]() {
      isOpen = false
      const late = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), goodbyeMs)
      await protocol[Symbol.asyncDispose]()
      clearTimeout(late)
    },
  }
}

function refuse(stream: Duplex, status: string): void {
  // Node leaves such a connection to us: without an end of it, a client that keeps its own half open has it for good.
  const answer = `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
  stream.end(answer, () => stream.destroy())
}

function refusal({ url = '', headers }: IncomingMessage, isAllowedOrigin: IsAllowedOrigin): string | null {
  if (url.split('?', 1)[0] !== '/graphql') return '404 Not Found'
  if (headers.origin !== undefined && !isAllowedOrigin(headers.origin)) return '403 Forbidden'
  return null
}

function countSockets(sockets: WebSocketServer, metrics: Registry): void {
  const gauge = new Gauge({
    name: 'earshot_router_websockets',
    help: 'WebSockets that clients have open.',
    registers: [metrics],
  })
  sockets.on('connection', (socket) => {
    gauge.inc()
    socket.on('close', () => gauge.dec())
  })
}
