import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { ConfirmChannel } from 'amqplib'
import { pino } from 'pino'
import { createHealth } from '#runtime/process/health.ts'
import { connectRabbit, type Rabbit } from './connection.ts'
import { connectRawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { queues } from './topology.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

const log = pino({ level: 'silent' })

/** Hands out the channels of a kept one as they are set up, first to last. */
function channelSource() {
  const waiting: PromiseWithResolvers<ConfirmChannel>[] = []
  let given = 0
  let taken = 0
  const at = (index: number) => (waiting[index] ??= Promise.withResolvers())
  return {
    setup: async (channel: ConfirmChannel) => at(given++).resolve(channel),
    next: () => at(taken++).promise,
  }
}

/** Class and method of channel.open (AMQP 0-9-1, 1.5.2.1). */
const channelOpen = Buffer.from([0, 20, 0, 10])

/** Resets the first connection when its client asks for a channel; later ones pass. */
async function createBreakingProxy(target: string) {
  const { hostname, port: targetPort } = new URL(target)
  let broken = 0
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname)
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => socket.destroy()))
    client.on('data', (bytes: Buffer) => {
      if (broken === 0 && bytes.includes(channelOpen)) {
        broken++
        client.resetAndDestroy()
        upstream.destroy()
      } else upstream.write(bytes)
    })
    upstream.pipe(client)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(target)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    broken: () => broken,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

describe('the connection to the broker', () => {
  let resources: AsyncDisposableStack
  let proxy: TcpProxy
  let rabbit: Rabbit
  let url: string
  beforeEach(async () => {
    resources = new AsyncDisposableStack()
    url = resources.use(await createTestVhost()).url
    proxy = resources.use(await createTcpProxy(url))
    rabbit = resources.use(await connectRabbit(proxy.url, log))
  })
  afterEach(() => resources.disposeAsync())

  it('declares the topology before it is ready', async () => {
    await using broker = await connectRawBroker(url)
    assert.deepEqual(await broker.count(queues.convert), { ready: 0, consumers: 0 })
  })

  it('sets a channel up again that the broker closed for an error', async () => {
    const channels = channelSource()
    let losses = 0
    resources.use(await rabbit.keepChannel({ setup: channels.setup, lost: () => (losses += 1) }))
    const first = await channels.next()
    await assert.rejects(first.checkQueue('there-is-no-such-queue'), /404/)
    const second = await channels.next()
    assert.notEqual(second, first)
    assert.equal(losses, 1)
    await second.checkQueue(queues.convert)
    await assert.rejects(second.checkQueue('there-is-no-such-queue'), /404/)
    await (await channels.next()).checkQueue(queues.convert)
  })

  it('tries again when a channel cannot be set up the second time', async () => {
    const channels = channelSource()
    let setUps = 0
    const setup = async (channel: ConfirmChannel) => {
      setUps += 1
      if (setUps === 2) await channel.checkQueue('there-is-no-such-queue')
      await channels.setup(channel)
    }
    resources.use(await rabbit.keepChannel({ setup }))
    await (await channels.next()).close()
    await (await channels.next()).checkQueue(queues.convert)
    assert.equal(setUps, 3)
  })

  it('comes back by itself when it is cut, and so do its channels', async () => {
    const channels = channelSource()
    resources.use(await rabbit.keepChannel({ setup: channels.setup }))
    await channels.next()
    proxy.cut()
    await (await channels.next()).checkQueue(queues.convert)
    assert.equal(rabbit.isConnected(), true)
  })

  it('is not ready while the broker is away, and ready when it is back', async () => {
    const health = createHealth()
    health.started()
    const watched = resources.use(await connectRabbit(proxy.url, log, health))
    const channels = channelSource()
    const lost = Promise.withResolvers<void>()
    resources.use(await watched.keepChannel({ setup: channels.setup, lost: lost.resolve }))
    await channels.next()
    assert.equal((await health.report()).status, 'ready')
    proxy.takeAway()
    await lost.promise
    assert.deepEqual(await health.report(), { status: 'waiting', waitingFor: ['rabbitmq'] })
    proxy.bringBack()
    await channels.next()
    assert.equal((await health.report()).status, 'ready')
  })

  it('survives a connection that breaks as soon as it is there', async () => {
    await using breaking = await createBreakingProxy(url)
    await using connection = await connectRabbit(breaking.url, log)
    assert.equal(breaking.broken(), 1)
    const channels = channelSource()
    await using _ = await connection.keepChannel({ setup: channels.setup })
    await (await channels.next()).checkQueue(queues.convert)
  })

  it('gives up waiting for the broker when told to end', async () => {
    proxy.takeAway()
    const ending = new AbortController()
    const connecting = connectRabbit(proxy.url, log, undefined, ending.signal)
    setImmediate(() => ending.abort())
    await assert.rejects(connecting)
  })

  it('can be disposed of at the moment it breaks, its channels before it or not at all', async () => {
    for (const first of ['channel', 'connection']) {
      const connection = await connectRabbit(proxy.url, log)
      const channel = await connection.keepChannel({ setup: async () => {} })
      proxy.cut()
      if (first === 'channel') await channel[Symbol.asyncDispose]()
      await connection[Symbol.asyncDispose]()
    }
  })

  it('sets up no channel that was given up while the broker was away', async () => {
    const channels = channelSource()
    const lost = Promise.withResolvers<void>()
    let setUps = 0
    const given = await rabbit.keepChannel({
      setup: async (channel) => {
        setUps += 1
        await channel.consume(queues.convert, () => undefined)
      },
      lost: lost.resolve,
    })
    proxy.takeAway()
    await lost.promise
    await given[Symbol.asyncDispose]()
    proxy.bringBack()
    resources.use(await rabbit.keepChannel({ setup: channels.setup }))
    const later = await channels.next()
    // Answers come in order on a connection: by now whatever the other channel had asked for has been answered, too.
    for (let round = 0; round < 5; round += 1) await later.checkQueue(queues.convert)
    assert.equal((await later.checkQueue(queues.convert)).consumerCount, 0)
    assert.equal(setUps, 1)
  })
})
