import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { connectRawBroker, type RawBroker } from '#runtime/rabbit/testing/raw-broker.ts'
import { retryDelaysMs } from './retry-delays.ts'
import { deadQueue, declareTopology, exchanges, queues, retryQueue, userRemovedKey } from './topology.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

describe('the topology', () => {
  const resources = new AsyncDisposableStack()
  let broker: RawBroker
  before(async () => {
    const vhost = resources.use(await createTestVhost())
    broker = resources.use(await connectRawBroker(vhost.url))
    await declareTopology(broker.channel)
  })
  after(() => resources.disposeAsync())

  it('is declared again without an error', async () => {
    await declareTopology(broker.channel)
  })

  for (const queue of Object.values(queues)) {
    for (const name of [queue, deadQueue(queue), ...retryDelaysMs.map((ms) => retryQueue(queue, ms))]) {
      it(`routes commands to ${name} by its name`, async () => {
        broker.channel.publish(exchanges.commands, name, Buffer.from(name))
        assert.equal((await broker.next(name)).body, name)
      })
    }
  }

  it('brings what may owe a mail to the mail queue, and nothing else', async () => {
    const keys = ['conversion.queued', 'conversion.succeeded', 'conversion.running', 'conversion.failed']
    for (const key of keys) broker.channel.publish(exchanges.events, key, Buffer.from(key))
    assert.equal((await broker.next(queues.mail)).body, 'conversion.succeeded')
    assert.equal((await broker.next(queues.mail)).body, 'conversion.failed')
  })

  it('brings the removal of a user to each who keeps something of theirs', async () => {
    broker.channel.publish(exchanges.events, userRemovedKey, Buffer.from('gone'))
    for (const queue of [queues.mail, queues.forget]) assert.equal((await broker.next(queue)).body, 'gone')
  })
})
