import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { pino } from 'pino'
import * as z from 'zod'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { connectRabbit, type Rabbit } from './connection.ts'
import { createPublisher, type Publication, type Publisher } from './publisher.ts'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { exchanges, queues } from './topology.ts'
import { createTcpProxy, type TcpProxy } from '#test/harness/tcp-proxy.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

const schema = z.object({ n: z.int() })
const command: Publication<{ n: number }> = {
  exchange: exchanges.commands,
  routingKey: queues.convert,
  schema,
  body: { n: 1 },
}

describe('the publisher', () => {
  const resources = new AsyncDisposableStack()
  let proxy: TcpProxy
  let rabbit: Rabbit
  let publisher: Publisher
  let broker: RawBroker
  before(async () => {
    const vhost = resources.use(await createTestVhost())
    proxy = resources.use(await createTcpProxy(vhost.url))
    rabbit = resources.use(await connectRabbit(proxy.url, pino({ level: 'silent' })))
    publisher = resources.use(await createPublisher(rabbit))
    broker = resources.use(await connectRawBroker(vhost.url))
  })
  after(() => resources.disposeAsync())

  it('resolves when the broker has the message, persistent and with its headers', async () => {
    await publisher.publish({ ...command, headers: { requestId: 'request-1' } })
    assert.equal((await broker.count(queues.convert)).ready, 1)
    const message = await broker.next(queues.convert)
    assert.equal(message.body, '{"n":1}')
    assert.equal(message.headers['requestId'], 'request-1')
    assert.equal(message.persistent, true)
  })

  it('rejects a command that no queue takes', async () => {
    await assert.rejects(
      publisher.publish({ ...command, routingKey: 'nowhere' }),
      /no queue takes commands\/nowhere/,
    )
  })

  it('tells an unroutable command from the delivered ones around it', async () => {
    const outcomes = await Promise.allSettled([
      publisher.publish(command),
      publisher.publish({ ...command, routingKey: 'nowhere' }),
      publisher.publish(command),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    await broker.channel.purgeQueue(queues.convert)
  })

  it('resolves for an event that nobody wants', async () => {
    await publisher.publish({
      ...command,
      exchange: exchanges.events,
      routingKey: 'conversion.nobodyListens',
    })
  })

  it('rejects a mandatory event that no queue takes', async () => {
    const event = { ...command, exchange: exchanges.events, routingKey: 'conversion.nobodyListens' }
    await assert.rejects(publisher.publish({ ...event, mandatory: true }), /no queue takes events/)
  })

  it('refuses a body that is not what its schema says, and sends nothing', async () => {
    await assert.rejects(publisher.publish({ ...command, body: { n: 0.5 } }), z.ZodError)
    assert.equal((await broker.count(queues.convert)).ready, 0)
  })

  it('forwards bytes as they are', async () => {
    await publisher.forward(Buffer.from('not { JSON'), queues.convert, { tries: 2 })
    const message = await broker.next(queues.convert)
    assert.equal(message.body, 'not { JSON')
    assert.equal(message.headers['tries'], 2)
  })

  it('rejects what is not confirmed when the connection breaks, and at once while the broker is away', async () => {
    const lost = Promise.withResolvers<void>()
    await using _ = await rabbit.keepChannel({ setup: async () => {}, lost: lost.resolve })
    proxy.takeAway()
    await assert.rejects(publisher.publish(command))
    await lost.promise
    await turn()
    await assert.rejects(publisher.publish(command), /the broker is away/)
    publisher.publishTransient(command)
    proxy.bringBack()
  })

  it('publishes again once the broker is back', async () => {
    const back = await rabbit.keepChannel({ setup: async () => {} })
    await back[Symbol.asyncDispose]()
    // The publisher's own channel may be set up a moment after the one that showed that the broker is back.
    const publish = async () => {
      await publisher.publish(command)
      return true
    }
    await waitUntil('the publisher has a channel again', publish, { everyMs: 1 })
    await broker.next(queues.convert)
  })
})
