/** How many messages a work queue has: those that wait, held back for a retry or not, and those that were set aside. */
import type { Channel } from 'amqplib'
import type { Rabbit } from './connection.ts'
import { retryDelaysMs } from './retry-delays.ts'
import { deadQueue, retryQueue, type WorkQueue } from './topology.ts'

export interface QueueDepth extends AsyncDisposable {
  /** @throws Error while the broker is away. */
  waiting(queue: WorkQueue): Promise<number>
  /** @throws Error while the broker is away. */
  dead(queue: WorkQueue): Promise<number>
}

export async function createQueueDepth(rabbit: Rabbit): Promise<QueueDepth> {
  let channel: Channel | undefined
  const kept = await rabbit.keepChannel({
    setup: async (fresh) => void (channel = fresh),
    lost: () => void (channel = undefined),
  })
  const messagesIn = async (names: readonly string[]) => {
    if (channel === undefined) throw new Error('the broker is away')
    let count = 0
    for (const name of names) count += (await channel.checkQueue(name)).messageCount
    return count
  }
  return {
    waiting: (queue) => messagesIn([queue, ...retryDelaysMs.map((delayMs) => retryQueue(queue, delayMs))]),
    dead: (queue) => messagesIn([deadQueue(queue)]),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}
