/** Consumes a work queue: a handler that returns acknowledges, one that throws is tried again later, then set aside. */
import type { ConfirmChannel, ConsumeMessage } from 'amqplib'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import { createBackground } from '#runtime/process/background.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Rabbit } from './connection.ts'
import type { Publisher } from './publisher.ts'
import type { RetryDelayMs } from './retry-delays.ts'
import { deadQueue, declareTopology, retryQueue, type WorkQueue } from './topology.ts'

/** How often a message is tried before it is set aside: once, then after each of these delays in turn. */
const retryScheduleMs: readonly RetryDelayMs[] = [5_000, 30_000, 300_000, 300_000, 300_000]

const pauseBeforeRequeueMs = 1_000

export interface ConsumerOptions<T> {
  readonly queue: WorkQueue
  readonly schema: z.ZodType<T>
  /** How many messages are handled at once. */
  readonly prefetch: number
  /** Aborted when the process ends: return soon, the message goes back to the queue if `handle` throws then. */
  readonly signal: AbortSignal
  readonly handle: (body: T, delivery: Delivery) => Promise<void>
}

export interface Delivery {
  readonly requestId: string | undefined
  readonly log: Logger
  readonly signal: AbortSignal
}

export interface ConsumerDependencies {
  readonly rabbit: Rabbit
  readonly publisher: Publisher
  readonly log: Logger
}

export interface Consumer extends AsyncDisposable {
  /** Takes no new messages; those at hand are finished. */
  pause(): Promise<void>
  resume(): Promise<void>
}

/** Resolves once consuming. Disposing stops taking messages and waits for those at hand. */
export async function startConsumer<T>(
  { rabbit, publisher, log }: ConsumerDependencies,
  options: ConsumerOptions<T>,
): Promise<Consumer> {
  const atHand = createBackground()
  let wanted = true
  let ready: ConfirmChannel | undefined
  let cancel = async () => {}
  const take = (channel: ConfirmChannel, message: ConsumeMessage) => {
    atHand.add(settle(message, options, publisher, log).then((verdict) => answer(channel, message, verdict)))
  }
  const consume = async (channel: ConfirmChannel) => {
    const consumer = await channel.consume(options.queue, (message) => {
      if (message) return take(channel, message)
      // The broker cancelled the consumer (its queue was deleted or moved): a new channel consumes again.
      void channel.close().catch(() => undefined)
    })
    cancel = async () => void (await channel.cancel(consumer.consumerTag).catch(() => undefined))
    if (!wanted) await cancel()
  }
  const pause = async () => {
    wanted = false
    await cancel()
  }
  const kept = await rabbit.keepChannel({
    setup: async (channel) => {
      // An operator may have deleted a queue while we were connected.
      await declareTopology(channel)
      await channel.prefetch(options.prefetch)
      // A channel that comes back while the last messages are finished must bring no new ones.
      if (wanted) await consume(channel)
      ready = channel
    },
    lost: () => {
      ready = undefined
      cancel = async () => {}
    },
    teardown: async () => {
      await pause()
      await atHand[Symbol.asyncDispose]()
    },
  })
  return {
    pause,
    async resume() {
      if (wanted) return
      wanted = true
      if (ready) await consume(ready)
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}

type Verdict = 'acknowledge' | 'requeue'

async function settle<T>(
  message: ConsumeMessage,
  options: ConsumerOptions<T>,
  publisher: Publisher,
  log: Logger,
): Promise<Verdict> {
  const body = parseBody(message, options.schema)
  const requestId =
    typeof message.properties.headers?.['requestId'] === 'string'
      ? message.properties.headers['requestId']
      : undefined
  const deliveryLog = log.child({ queue: options.queue, ...(requestId && { requestId }) })
  try {
    if (!body.ok) {
      deliveryLog.error({ reason: body.reason }, 'a malformed message was moved to the dead-letter queue')
      await setAside(message, options.queue, body.reason, publisher)
      return 'acknowledge'
    }
    try {
      await options.handle(body.value, { requestId, log: deliveryLog, signal: options.signal })
    } catch (error) {
      if (options.signal.aborted) return 'requeue'
      await tryLater(message, options.queue, error, publisher, deliveryLog)
    }
    return 'acknowledge'
  } catch (error) {
    deliveryLog.warn({ err: error }, 'a message could be moved to no other queue; it goes back to its own')
    // It comes again at once: while a retry queue is full or gone that would be a busy loop.
    await delay(pauseBeforeRequeueMs, undefined, { signal: options.signal }).catch(() => undefined)
    return 'requeue'
  }
}

function parseBody<T>(
  message: ConsumeMessage,
  schema: z.ZodType<T>,
): { ok: true; value: T } | { ok: false; reason: string } {
  try {
    const parsed = schema.safeParse(JSON.parse(message.content.toString('utf8')))
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, reason: z.prettifyError(parsed.error) }
  } catch {
    return { ok: false, reason: 'the body is not JSON' }
  }
}

async function tryLater(
  message: ConsumeMessage,
  queue: WorkQueue,
  error: unknown,
  publisher: Publisher,
  log: Logger,
): Promise<void> {
  const tries = Number(message.properties.headers?.['tries'] ?? 0)
  const delayMs = retryScheduleMs[tries]
  const reason = error instanceof Error ? error.message : String(error)
  if (delayMs === undefined) {
    log.error(
      { err: error, tries },
      'a message failed at its last try and was moved to the dead-letter queue',
    )
    return await setAside(message, queue, reason, publisher)
  }
  log.warn({ err: error, tries, delayMs }, 'a message failed; it is tried again later')
  await republish(message, retryQueue(queue, delayMs), { tries: tries + 1 }, publisher)
}

/** What `earshot admin dead-letters` shows travels in the headers. */
function setAside(message: ConsumeMessage, queue: WorkQueue, reason: string, publisher: Publisher) {
  const tries = Number(message.properties.headers?.['tries'] ?? 0)
  const headers = { reason: reason.slice(0, 500), setAsideAt: new Date().toISOString(), tries }
  return republish(message, deadQueue(queue), headers, publisher)
}

function republish(
  message: ConsumeMessage,
  routingKey: string,
  headers: Record<string, string | number>,
  publisher: Publisher,
) {
  const requestId = message.properties.headers?.['requestId'] as unknown
  return publisher.forward(message.content, routingKey, {
    ...(typeof requestId === 'string' && { requestId }),
    ...headers,
  })
}

function answer(channel: ConfirmChannel, message: ConsumeMessage, verdict: Verdict): void {
  try {
    if (verdict === 'acknowledge') channel.ack(message)
    else channel.nack(message, false, true)
  } catch {
    // The channel is gone: the broker has put the message back already.
  }
}
