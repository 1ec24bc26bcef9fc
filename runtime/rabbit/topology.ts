/** Every exchange and queue of ours, declared in one place. */
import type { Channel } from 'amqplib'
import { retryDelaysMs, type RetryDelayMs } from './retry-delays.ts'

export const exchanges = {
  /** Direct: commands, retries and dead letters, by the name of the queue they go to. */
  commands: 'commands',
  /** Topic: what happened, `conversion.<status>` and `user.<event>`. */
  events: 'events',
  /** Topic: how far running conversions are; nobody may be listening. */
  progress: 'progress',
} as const

export const queues = { convert: 'convert', mail: 'mail', forget: 'forget' } as const

/** An account is gone: whoever keeps something of its user's has a queue for it. */
export const userRemovedKey = 'user.removed'

export type WorkQueue = (typeof queues)[keyof typeof queues]

export const retryQueue = (queue: WorkQueue, delayMs: RetryDelayMs) => `${queue}.retry.${delayMs / 1000}s`
export const deadQueue = (queue: WorkQueue) => `${queue}.dead`

const quorum = { 'x-queue-type': 'quorum' }

/** Idempotent: every process declares all of it whenever it (re)connects. */
export async function declareTopology(channel: Channel): Promise<void> {
  await channel.assertExchange(exchanges.commands, 'direct', { durable: true })
  await channel.assertExchange(exchanges.events, 'topic', { durable: true })
  await channel.assertExchange(exchanges.progress, 'topic', { durable: true })
  for (const queue of Object.values(queues)) await declareWorkQueue(channel, queue)
  const mailEvents = [
    'conversion.succeeded',
    'conversion.failed',
    'user.emailVerificationRequested',
    'user.emailVerified',
    'user.passwordResetRequested',
    userRemovedKey,
  ]
  for (const event of mailEvents) await channel.bindQueue(queues.mail, exchanges.events, event)
  await channel.bindQueue(queues.forget, exchanges.events, userRemovedKey)
}

async function declareWorkQueue(channel: Channel, queue: WorkQueue): Promise<void> {
  await channel.assertQueue(queue, { durable: true, arguments: quorum })
  await channel.bindQueue(queue, exchanges.commands, queue)
  await channel.assertQueue(deadQueue(queue), { durable: true, arguments: quorum })
  await channel.bindQueue(deadQueue(queue), exchanges.commands, deadQueue(queue))
  for (const delayMs of retryDelaysMs) {
    const name = retryQueue(queue, delayMs)
    // One queue a delay: with a TTL on each message a long delay would block the short ones behind it.
    const retry = {
      ...quorum,
      'x-message-ttl': delayMs,
      'x-dead-letter-exchange': exchanges.commands,
      'x-dead-letter-routing-key': queue,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    }
    await channel.assertQueue(name, { durable: true, arguments: retry })
    await channel.bindQueue(name, exchanges.commands, name)
  }
}
