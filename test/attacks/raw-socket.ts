/** A WebSocket to the API that is spoken to by hand: clients of graphql-ws send only what is allowed. */
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
  // Each error is followed by the close, which is what callers wait for.
  socket.on('error', () => undefined)
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  const messages: SocketMessage[] = []
  const waiting: ((message: SocketMessage | null) => void)[] = []
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as SocketMessage
    const taker = waiting.shift()
    if (taker) taker(message)
    else messages.push(message)
  })
  const ended = closed.then(() => null)
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('unexpected-response', (_request, { statusCode }) => {
      socket.terminate()
      reject(new Error(`answered with ${statusCode}`))
    })
    socket.once('error', reject)
  })
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
