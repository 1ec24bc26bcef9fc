import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { it } from 'node:test'
import type { ConfirmChannel } from 'amqplib'
import { createPublisher } from './publisher.ts'

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
