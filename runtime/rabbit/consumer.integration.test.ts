import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { pino } from 'pino'
import * as z from 'zod'
import { newestReadVersion } from '#schema/messages/message-version.ts'
import { connectRabbit, type Rabbit } from './connection.ts'
import { startConsumer, type ConsumerOptions } from './consumer.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import type { Delivery } from './settle-message.ts'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { deadQueue, exchanges, queues, retryQueue } from './topology.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

const log = pino({ level: 'silent' })
const schema = z.object({ n: z.int() })
type Body = z.infer<typeof schema>
const queue = queues.convert

describe('a consumer', () => {
  let resources: AsyncDisposableStack
  let proxy: TcpProxy
  let rabbit: Rabbit
  let publisher: Publisher
  let broker: RawBroker
  let ending: AbortController
  let cancelled: PromiseWithResolvers<void>
  let lost: PromiseWithResolvers<void>
  let consuming: PromiseWithResolvers<void>
  beforeEach(async () => {
    resources = new AsyncDisposableStack()
    cancelled = Promise.withResolvers()
    lost = Promise.withResolvers()
    consuming = Promise.withResolvers()
    ending = new AbortController()
    const vhost = resources.use(await createTestVhost())
    proxy = resources.use(await createTcpProxy(vhost.url))
    broker = resources.use(await connectRawBroker(vhost.url))
    rabbit = resources.use(await connectRabbit(proxy.url, log))
    publisher = resources.use(await createPublisher(rabbit))
  })
  /** Of every handler that waits: a consumer is disposed of only when its messages are handled. */
  const gates: PromiseWithResolvers<void>[] = []
  afterEach(async () => {
    for (const gate of gates.splice(0)) gate.resolve()
    await resources.disposeAsync()
  })

  const start = (handle: ConsumerOptions<Body>['handle'], prefetch = 1) =>
    startConsumer(
      { rabbit: telling(), publisher, log },
      { queue, schema, prefetch, signal: ending.signal, handle },
    )

  /** Tells when the consumer's channel was lost or its consumer cancelled: the broker's count keeps one that has messages. */
  const telling = (): Rabbit => ({
    ...rabbit,
    keepChannel: (options) =>
      rabbit.keepChannel({
        ...options,
        lost: () => {
          options.lost?.()
          lost.resolve()
        },
        setup: async (channel) => {
          const cancel = channel.cancel.bind(channel)
          channel.cancel = (tag) => cancel(tag).finally(cancelled.resolve)
          await options.setup(channel)
          consuming.resolve()
        },
      }),
  })

  const send = (content: string, headers: Record<string, unknown> = {}) =>
    broker.channel.publish(exchanges.commands, queue, Buffer.from(content), { headers })

  /** A handler that shows what it was given, and goes on when told. */
  function gatedHandler() {
    const entered: PromiseWithResolvers<Body>[] = []
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    let entries = 0
    let taken = 0
    const at = (index: number) => (entered[index] ??= Promise.withResolvers())
    return {
      handle: async (body: Body) => {
        at(entries++).resolve(body)
        await gate.promise
      },
      next: () => at(taken++).promise,
      entries: () => entries,
      open: gate.resolve,
      fail: gate.reject,
    }
  }

  it('hands over the parsed body with its request id, and acknowledges when the handler returns', async () => {
    const handled = Promise.withResolvers<{ body: Body; delivery: Delivery }>()
    const consumer = await start(async (body, delivery) => handled.resolve({ body, delivery }))
    send('{"n":7}', { requestId: 'request-1' })
    const { body, delivery } = await handled.promise
    assert.deepEqual(body, { n: 7 })
    assert.equal(delivery.requestId, 'request-1')
    await consumer[Symbol.asyncDispose]()
    assert.equal((await broker.count(queue)).ready, 0)
  })

  it('moves a message whose handler throws to the shortest retry queue, counted and with its request id', async () => {
    resources.use(await start(async () => Promise.reject(new Error('not now'))))
    send('{"n":1}', { requestId: 'request-1' })
    const message = await broker.next(retryQueue(queue, 5_000))
    assert.equal(message.body, '{"n":1}')
    assert.deepEqual(message.headers, { tries: 1, requestId: 'request-1' })
    assert.equal(message.persistent, true)
  })

  it('waits longer after each failed try', async () => {
    resources.use(await start(async () => Promise.reject(new Error('not now'))))
    for (const [tries, delayMs] of ([30_000, 300_000, 300_000, 300_000] as const).entries()) {
      send('{"n":1}', { tries: tries + 1 })
      assert.equal((await broker.next(retryQueue(queue, delayMs))).headers['tries'], tries + 2)
    }
  })

  it('sets a message aside, with the reason, after its last try', async () => {
    resources.use(await start(async () => Promise.reject(new Error('never'))))
    send('{"n":1}', { tries: 5 })
    const message = await broker.next(deadQueue(queue))
    assert.equal(message.body, '{"n":1}')
    assert.equal(message.headers['reason'], 'never')
    assert.equal(message.headers['tries'], 5)
    assert.ok(Date.parse(String(message.headers['setAsideAt'])) <= Date.now())
  })

  for (const [what, content, reason] of [
    ['is not JSON', 'n = 1', /not JSON/],
    ['does not fit the schema', '{"n":"one"}', /expected int|expected number/i],
    ['is empty', '', /not JSON/],
  ] as const) {
    it(`sets a message aside at once whose body ${what}`, async () => {
      resources.use(await start(async () => assert.fail('the handler was called')))
      send(content)
      const message = await broker.next(deadQueue(queue))
      assert.equal(message.body, content)
      assert.match(String(message.headers['reason']), reason)
      assert.equal((await broker.count(queue)).ready, 0)
    })
  }

  it('leaves a message of a newer version to newer processes, whatever its form: it is put back, uncounted', async () => {
    resources.use(await start(async () => assert.fail('the handler was called')))
    const content = '{"n":{"of":"a form to come"}}'
    send(content, { version: newestReadVersion + 1, tries: 2, requestId: 'request-1' })
    const first = await broker.next(retryQueue(queue, 5_000))
    const lasting = { version: newestReadVersion + 1, tries: 2, requestId: 'request-1' }
    assert.deepEqual([first.body, first.headers], [content, { ...lasting, left: 1 }])
    send(content, first.headers)
    const again = await broker.next(retryQueue(queue, 5_000))
    assert.deepEqual([again.body, again.headers], [content, { ...lasting, left: 2 }])
  })

  it('handles a message of before there were versions, and one with fields that it does not know', async () => {
    const handler = gatedHandler()
    handler.open()
    resources.use(await start(handler.handle))
    send('{"n":1}')
    send('{"n":2,"more":"of a version to come"}', { version: newestReadVersion })
    assert.deepEqual([await handler.next(), await handler.next()], [{ n: 1 }, { n: 2 }])
  })

  it('puts a message back, uncounted, whose handler throws because the process ends', async () => {
    const handler = gatedHandler()
    const consumer = await start(handler.handle)
    send('{"n":1}')
    await handler.next()
    ending.abort()
    const disposal = consumer[Symbol.asyncDispose]()
    await cancelled.promise
    handler.fail(new Error('the process ends'))
    await disposal
    const message = await broker.next(queue)
    assert.equal(message.redelivered, true)
    assert.equal(message.headers['tries'], undefined)
  })

  it('handles no more messages at once than it was told to', async () => {
    const handler = gatedHandler()
    resources.use(await start(handler.handle, 2))
    for (let n = 0; n < 5; n += 1) send(JSON.stringify({ n }))
    await broker.channel.waitForConfirms()
    await handler.next()
    await handler.next()
    assert.deepEqual(await broker.count(queue), { ready: 3, consumers: 1 })
    assert.equal(handler.entries(), 2)
    handler.open()
    for (const n of [2, 3, 4]) assert.deepEqual(await handler.next(), { n })
  })

  it('waits for the messages at hand when it is disposed of, and acknowledges them', async () => {
    const handler = gatedHandler()
    const order: string[] = []
    const consumer = await start((body) => handler.handle(body).then(() => void order.push('handled')))
    send('{"n":1}')
    await handler.next()
    const disposal = consumer[Symbol.asyncDispose]().then(() => order.push('disposed'))
    await cancelled.promise
    handler.open()
    await disposal
    assert.deepEqual(order, ['handled', 'disposed'])
    assert.equal((await broker.count(queue)).ready, 0)
  })

  it('goes on consuming after the connection was cut, and is given unfinished messages again', async () => {
    const handler = gatedHandler()
    resources.use(await start(handler.handle))
    send('{"n":1}')
    await handler.next()
    proxy.cut()
    assert.deepEqual(await handler.next(), { n: 1 })
    handler.open()
    send('{"n":2}')
    assert.deepEqual(await handler.next(), { n: 2 })
  })

  it('declares its queue again that somebody deleted, and goes on consuming', async () => {
    const handler = gatedHandler()
    handler.open()
    resources.use(await start(handler.handle))
    consuming = Promise.withResolvers()
    await broker.channel.deleteQueue(queue)
    await consuming.promise
    send('{"n":3}')
    assert.deepEqual(await handler.next(), { n: 3 })
  })

  it('takes no new messages while it is paused, not even after the connection was cut', async () => {
    const handler = gatedHandler()
    handler.open()
    const consumer = resources.use(await start(handler.handle))
    await consumer.pause()
    consuming = Promise.withResolvers()
    proxy.cut()
    await consuming.promise
    send('{"n":4}')
    assert.equal((await broker.count(queue)).consumers, 0)
    await consumer.resume()
    assert.deepEqual(await handler.next(), { n: 4 })
    assert.equal((await broker.count(queue)).consumers, 1)
  })

  it('takes no new message when the broker comes back while the last ones are finished', async () => {
    const handler = gatedHandler()
    const consumer = await start(handler.handle)
    send('{"n":1}')
    await handler.next()
    const disposal = consumer[Symbol.asyncDispose]()
    await cancelled.promise
    const back = Promise.withResolvers<void>()
    let setUps = 0
    const setup = async () => void (++setUps === 2 && back.resolve())
    resources.use(await rabbit.keepChannel({ setup }))
    proxy.cut()
    await lost.promise
    await back.promise
    const { ready, consumers } = await broker.count(queue)
    assert.deepEqual({ ready, consumers }, { ready: 1, consumers: 0 })
    handler.open()
    await disposal
    assert.equal(handler.entries(), 1)
  })

  it('can be disposed of while the broker is away', async () => {
    const consumer = await start(async () => {})
    proxy.takeAway()
    await lost.promise
    await consumer[Symbol.asyncDispose]()
    assert.equal(rabbit.isConnected(), false)
  })
})
