/** The two ways in which Earshot stands on the cluster for tests: by the overlay `local`, and by `production`. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { places } from '#infra/cluster/places.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import { createTcpProxy } from '#test/harness/tcp-proxy.ts'
import { podAddress, serviceAddress } from './cluster-addresses.ts'

export interface Installation {
  /** What links begin with. */
  readonly publicUrl: string
  /** Where RabbitMQ and the inbox are. */
  readonly storesNamespace: string
  mongodbHost(): Promise<string>
  /** Lets this machine reach the router at the address that links have: its Service, and not one pod of it. */
  open(): Promise<AsyncDisposable>
}

export const local: Installation = {
  publicUrl: 'http://localhost:4000',
  storesNamespace: 'earshot',
  mongodbHost: () => podAddress('mongodb-0'),
  open: async () => await createTcpProxy(`http://${await serviceAddress('router')}`, 4000),
}

export const production: Installation = {
  publicUrl: 'https://localhost',
  storesNamespace: 'outside',
  mongodbHost: () => serviceAddress('mongodb', 'outside'),
  open: openWithTls,
}

/** Ends TLS before the router, as a gateway does. Its Service may be made anew meanwhile. */
async function openWithTls(): Promise<AsyncDisposable> {
  const [cert, key] = await Promise.all(
    ['crt', 'key'].map((kind) => readFile(join(places.keys, `server.${kind}`))),
  )
  const sockets = new Set<Socket>()
  const server = createServer({ cert, key }, (client) => {
    sockets.add(client.once('close', () => sockets.delete(client)).on('error', () => client.destroy()))
    void serviceAddress('router').then(
      (host) => {
        if (client.destroyed) return
        const router = connect(80, host).on('error', () => router.destroy())
        pass(client, router)
        pass(router, client)
      },
      () => client.destroy(),
    )
  })
  server.listen(443, '127.0.0.1')
  await once(server, 'listening')
  return {
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** By hand: `pipeline` there and back takes more listeners of a TLS socket than Node lets pass without a warning. */
function pass(from: Socket, to: Socket): void {
  from.once('close', () => from.readableEnded || to.destroy())
  from.pipe(to)
}

/** The network hears of new pods a little later than they are ready. */
export async function untilAnswered({ publicUrl }: Installation): Promise<void> {
  const answers = async () => (await createApiClient(publicUrl).ask('{ __typename }')).data
  await waitUntil(`${publicUrl} answers`, answers, { withinMs: 60_000, everyMs: 200 })
}
