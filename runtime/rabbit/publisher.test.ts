import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { it } from 'node:test'
import type { ConfirmChannel, Options } from 'amqplib'
import * as z from 'zod'
import { writtenVersion } from '#schema/messages/message-version.ts'
import { createPublisher } from './publisher.ts'
import { exchanges } from './topology.ts'

it('a publisher gives up on a broker that says nothing, as one does that is short of memory', async () => {
  const channel = Object.assign(new EventEmitter(), { publish: () => true }) as unknown as ConfirmChannel
  const rabbit: Parameters<typeof createPublisher>[0] = {
    keepChannel: async ({ setup }) => {
      await setup(channel)
      return { [Symbol.asyncDispose]: async () => undefined }
    },
  }
  const publisher = await createPublisher(rabbit, 10)
  await assert.rejects(publisher.forward(Buffer.from('{}'), 'convert', {}), /said nothing for 10 ms/)
})

it('a publisher says of each message which version of the messages’ form it has', async () => {
  const versions: unknown[] = []
  const publish = (
    _exchange: string,
    _key: string,
    _body: Buffer,
    options: Options.Publish,
    confirm?: () => void,
  ) => {
    versions.push(options.headers?.['version'])
    if (confirm) setImmediate(confirm)
    return true
  }
  const channel = Object.assign(new EventEmitter(), { publish }) as unknown as ConfirmChannel
  const publisher = await createPublisher({
    keepChannel: async ({ setup }) => {
      await setup(channel)
      return { [Symbol.asyncDispose]: async () => undefined }
    },
  })
  const message = { routingKey: 'key', schema: z.object({}), body: {} }
  await publisher.publish({ ...message, exchange: exchanges.events })
  publisher.publishTransient({ ...message, exchange: exchanges.progress })
  assert.deepEqual(versions, [writtenVersion, writtenVersion])
})
