/** Decides what becomes of a message: handled, tried again later, set aside, or left to a newer version of ours. */
import type { ConsumeMessage } from 'amqplib'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import type { Logger } from '#runtime/process/log.ts'
import { isTooNew, lastingHeaders } from './message-headers.ts'
import type { Publisher } from './publisher.ts'
import type { RetryDelayMs } from './retry-delays.ts'
import { deadQueue, retryQueue, type WorkQueue } from './topology.ts'

/** How often a message is tried before it is set aside: once, then after each of these delays in turn. */
const retryScheduleMs: readonly RetryDelayMs[] = [5_000, 30_000, 300_000, 300_000, 300_000]

const pauseBeforeRequeueMs = 1_000

export interface MessageHandling<T> {
  readonly queue: WorkQueue
  readonly schema: z.ZodType<T>
  /** Aborted when the process ends: return soon, the message goes back to the queue if `handle` throws then. */
  readonly signal: AbortSignal
  readonly handle: (body: T, delivery: Delivery) => Promise<void>
}

export interface Delivery {
  readonly requestId: string | undefined
  readonly log: Logger
  readonly signal: AbortSignal
}

export type Verdict = 'acknowledge' | 'requeue'

/** Never rejects. */
export async function settleMessage<T>(
  message: ConsumeMessage,
  options: MessageHandling<T>,
  publisher: Publisher,
  log: Logger,
): Promise<Verdict> {
  const { headers } = message.properties
  const requestId = typeof headers?.['requestId'] === 'string' ? headers['requestId'] : undefined
  const deliveryLog = log.child({ queue: options.queue, ...(requestId && { requestId }) })
  try {
    if (isTooNew(headers)) {
      await leaveToNewer(message, options.queue, publisher, deliveryLog)
      return 'acknowledge'
    }
    const body = parseBody(message, options.schema)
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

/** It comes again soon, perhaps to a process of the newer version, as often as it takes; no try is counted. */
async function leaveToNewer(
  message: ConsumeMessage,
  queue: WorkQueue,
  publisher: Publisher,
  log: Logger,
): Promise<void> {
  const { version, tries = 0, left = 0 } = (message.properties.headers ?? {}) as Record<string, number>
  // Once for each message: until the newer version is there, they go round.
  log[left === 0 ? 'warn' : 'debug'](
    { version },
    'a message of a newer version is left to newer processes; it is put back for 5 s',
  )
  await republish(message, retryQueue(queue, 5_000), { tries, left: left + 1 }, publisher)
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
  const lasting = lastingHeaders(message.properties.headers)
  return publisher.forward(message.content, routingKey, { ...lasting, ...headers })
}
