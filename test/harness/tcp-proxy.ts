/** A proxy between two of our processes that can cut what goes through it, lose answers, fall silent, and be away. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface TcpProxy extends AsyncDisposable {
  /** The target's URL with the proxy's port. */
  readonly url: string
  readonly port: number
  /** Breaks every connection at once; new ones pass. */
  cut(): void
  /** Breaks every connection, and each new one until `bringBack`. */
  takeAway(): void
  bringBack(): void
  /** Until `cut`, requests on the connections that are open now arrive, and their replies do not. */
  loseReplies(): void
  /** Until `cut`, nothing arrives at either end of the connections that are open now, which stay open. */
  fallSilent(): void
}

/** Passes connections on to the host and port of the target's URL. @param ownPort Any that is free, where it is 0. */
export async function createTcpProxy(target: string | URL, ownPort = 0): Promise<TcpProxy> {
  const { hostname, port: targetPort } = new URL(target)
  const pairs = new Set<{ readonly client: Socket; readonly upstream: Socket }>()
  let away = false
  const join = (from: Socket, to: Socket) => {
    from.on('error', () => from.destroy())
    from.once('close', () => to.destroy())
    from.pipe(to)
  }
  const server = createServer((client) => {
    if (away) return void client.destroy()
    const upstream = connect(Number(targetPort || 80), hostname)
    join(client, upstream)
    join(upstream, client)
    const pair = { client, upstream }
    pairs.add(pair)
    client.once('close', () => pairs.delete(pair))
  })
  server.listen(ownPort, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = new URL(target)
  url.port = String(port)
  const cut = () => {
    for (const { client, upstream } of pairs) {
      client.destroy()
      upstream.destroy()
    }
  }
  return {
    url: url.href,
    port,
    cut,
    takeAway() {
      away = true
      cut()
    },
    bringBack: () => void (away = false),
    loseReplies() {
      for (const { client, upstream } of pairs) upstream.unpipe(client).resume()
    },
    fallSilent() {
      for (const { client, upstream } of pairs) {
        upstream.unpipe(client).pause()
        client.unpipe(upstream).pause()
      }
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
