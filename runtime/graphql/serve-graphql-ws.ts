/**
 * Serves the graphql-ws protocol on the sockets of `ws`. graphql-ws has an adapter of its own; this one sends pongs that carry
 * nothing, ends whoever does not read, tells when a client gives an operation up, and logs by our own log.
 */
import type { IncomingMessage } from 'node:http'
import {
  CloseCode,
  handleProtocols,
  makeServer,
  type ConnectionInitMessage,
  type ServerOptions,
} from 'graphql-ws'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '#runtime/process/log.ts'

export interface SocketExtra {
  readonly socket: WebSocket
  readonly request: IncomingMessage
}

export interface GraphqlWsOptions<E extends object> extends ServerOptions<
  ConnectionInitMessage['payload'],
  SocketExtra & E
> {
  readonly sockets: WebSocketServer
  /** A socket is ended that has more than this to read when there is more for it. */
  readonly mostBufferedBytes: number
  readonly log: Logger
  /** Whether a client may send one more message now; the socket of one that may not is ended. */
  readonly mayGoOn?: (extra: SocketExtra) => boolean
  /** A client wants no more of an operation, which may be running still. */
  readonly onGivenUp?: (extra: SocketExtra & Partial<E>, id: string) => void
}

const keepAliveMs = 12_000

/** Disposing closes every socket with 1001. */
export function serveGraphqlWs<E extends object>(options: GraphqlWsOptions<E>): AsyncDisposable {
  const { sockets, mostBufferedBytes, log, mayGoOn = () => true, onGivenUp, ...protocol } = options
  const server = makeServer<ConnectionInitMessage['payload'], SocketExtra & E>(protocol)
  sockets.options.handleProtocols = (offered) => handleProtocols(offered)
  sockets.on('connection', (socket, request) => {
    const extra = { socket, request } as SocketExtra & E
    const stillReads = () => {
      if (socket.bufferedAmount <= mostBufferedBytes) return true
      log.info('a client does not read what it asked for; its socket is closed')
      socket.terminate()
      return false
    }
    const goesOn = () => {
      if (socket.readyState !== socket.OPEN) return false
      if (mayGoOn(extra)) return true
      log.info('a client sends too many messages; its socket is closed')
      socket.terminate()
      return false
    }
    const send = async (text: string) => {
      if (socket.readyState !== socket.OPEN || !stillReads()) return
      await new Promise<void>((resolve) => socket.send(text, () => resolve()))
    }
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send,
        close: (code, reason) => socket.close(code, reason),
        onPing: () => send('{"type":"pong"}'),
        onMessage: (handle) =>
          socket.on('message', (data: Buffer) => {
            if (!goesOn()) return
            const text = data.toString()
            const givenUp = onGivenUp && completedId(text)
            if (givenUp !== undefined) onGivenUp?.(extra, givenUp)
            handle(text).catch((error: unknown) => endFaulty(socket, error, log))
          }),
      },
      extra,
    )
    socket
      .on('ping', () => goesOn() && stillReads())
      .on('pong', goesOn)
      .on('error', (error) =>
        log.debug({ reason: error.message }, 'a WebSocket connection failed; its client may connect again'),
      )
      .once('close', (code, reason) => {
        void closed(code, String(reason))
      })
    keepAlive(socket)
  })
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.close(1001, 'Going away')
      sockets.removeAllListeners()
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}

/** Undefined for any other message. */
function completedId(text: string): string | undefined {
  if (text.length > 500 || !text.includes('"complete"')) return undefined
  try {
    const { type, id } = JSON.parse(text) as { type?: unknown; id?: unknown }
    return type === 'complete' && typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

/** graphql-ws throws for a message that only a server may send, as it does where our own code failed. */
function endFaulty(socket: WebSocket, error: unknown, log: Logger): void {
  if (error instanceof Error && error.message.startsWith('Unexpected message of type'))
    return socket.close(CloseCode.BadRequest, 'Invalid message received')
  log.error({ err: error }, 'a message on a WebSocket failed by our fault; the socket is closed')
  socket.close(CloseCode.InternalServerError, 'Internal server error')
}

/** A peer that vanished without a word shows only in the pong that does not come. */
function keepAlive(socket: WebSocket): void {
  let isAlive = true
  const beat = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, keepAliveMs)
  socket.on('pong', () => void (isAlive = true)).once('close', () => clearInterval(beat))
}
