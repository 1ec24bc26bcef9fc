/** A WebSocket to the API that is spoken to by hand: clients of graphql-ws send only what is allowed. */
import { once } from 'node:events'
import { WebSocket, type ClientOptions } from 'ws'

export interface SocketMessage {
  readonly type: string
  readonly id?: string
  readonly payload?: unknown
}

export interface RawSocket extends Disposable {
  readonly socket: WebSocket
  /** Resolves to the code that the server closes with. */
  readonly closed: Promise<number>
  send(message: unknown): void
  /** The next message that has not been taken yet; null when the socket has closed. */
  next(): Promise<SocketMessage | null>
}

export type RawSocketOptions = ClientOptions & { readonly protocols?: string | string[] }

/** Resolves once it is open; rejects with the status of an answer that is no upgrade. */
export async function openRawSocket(
  origin: string,
  { protocols = 'graphql-transport-ws', ...options }: RawSocketOptions = {},
): Promise<RawSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, protocols, options)
  const closed = once(socket, 'close').then(([code]) => code as number)
  const messages: SocketMessage[] = []
  const waiting: ((message: SocketMessage | null) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as SocketMessage
    const taker = waiting.shift()
    if (taker) taker(message)
    else messages.push(message)
  })
  const ended = closed.then(() => null)
  const refused = once(socket, 'unexpected-response').then(([, response]) => {
    socket.on('error', () => undefined).terminate()
    throw new Error(`answered with ${(response as { statusCode: number }).statusCode}`)
  })
  await Promise.race([once(socket, 'open'), refused])
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => {
      const message = messages.shift()
      if (message) return Promise.resolve(message)
      return Promise.race([new Promise<SocketMessage | null>((resolve) => waiting.push(resolve)), ended])
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

/** Opens one, and resolves once the server has welcomed it. */
export async function openLiveSocket(origin: string, authorization: unknown): Promise<RawSocket> {
  const socket = await openRawSocket(origin)
  socket.send({ type: 'connection_init', payload: { authorization } })
  const answer = await socket.next()
  if (answer?.type !== 'connection_ack') throw new Error(`closed with ${await socket.closed}`)
  return socket
}
