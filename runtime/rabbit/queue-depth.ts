/** How many messages wait in a work queue, those held back for a retry included. */
import type { Channel } from 'amqplib'
import type { Rabbit } from './connection.ts'
import { retryDelaysMs } from './retry-delays.ts'
import { retryQueue, type WorkQueue } from './topology.ts'

export interface QueueDepth extends AsyncDisposable {
  /** @throws Error while the broker is away. */
  waiting(queue: WorkQueue): Promise<number>
}

export async function createQueueDepth(rabbit: Rabbit): Promise<QueueDepth> {
  let channel: Channel | undefined
  const kept = await rabbit.keepChannel({
    setup: async (fresh) => void (channel = fresh),
    lost: () => void (channel = undefined),
  })
  return {
    async waiting(queue) {
      if (channel === undefined) throw new Error('the broker is away')
      let count = 0
      for (const name of [queue, ...retryDelaysMs.map((delayMs) => retryQueue(queue, delayMs))]) {
        count += (await channel.checkQueue(name)).messageCount
      }
      return count
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}
