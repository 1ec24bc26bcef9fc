/** The one WebSocket to the media subgraph that carries every client's live operations, each with its own proof. */
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'

const keepAliveMs = 10_000

export interface UpstreamConnection extends AsyncDisposable {
  readonly subscribe: Client['subscribe']
}

/** Opened by the first operation, closed a while after the last. */
export function createUpstreamConnection(origin: string): UpstreamConnection {
  let silence: NodeJS.Timeout | undefined
  const client = createClient({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    lazyCloseTimeout: 1_000,
    keepAlive: keepAliveMs,
    connectionAckWaitTimeout: 5_000,
    // graphql-ws would send the same payload again, whose proof is too old by then: each operation tries for itself.
    retryAttempts: 0,
    on: {
      // A peer that vanished without closing the connection is noticed only by the pong that does not come.
      ping: (received) => {
        if (!received) silence = setTimeout(() => client.terminate(), keepAliveMs)
      },
      pong: (received) => received && clearTimeout(silence),
      closed: () => clearTimeout(silence),
    },
  })
  return {
    subscribe: (payload, sink) => client.subscribe(payload, sink),
    async [Symbol.asyncDispose]() {
      clearTimeout(silence)
      // Rejects while a connection attempt is failing.
      await Promise.resolve(client.dispose()).catch(() => undefined)
    },
  }
}
