/** Hears of every conversion through the broker, and wakes the subscriptions on this replica that it concerns. */
import type { ConfirmChannel } from 'amqplib'
import type * as z from 'zod'
import { conversionChangedSchema, type ConversionChanged } from '#schema/messages/conversion-changed.ts'
import {
  conversionProgressedSchema,
  type ConversionProgressed,
} from '#schema/messages/conversion-progressed.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Rabbit } from '#runtime/rabbit/connection.ts'
import { exchanges } from '#runtime/rabbit/topology.ts'

export interface LiveListener {
  /** The document may have changed; it is the truth. */
  changed(): void
  progressed(message: ConversionProgressed): void
}

export interface LiveHub extends AsyncDisposable {
  /** Returns what ends the listening. */
  listen(conversionId: string, listener: LiveListener): () => void
}

export interface LiveHubDependencies {
  readonly rabbit: Rabbit
  readonly log: Logger
  /** Told of every state change, whoever listens. */
  readonly onChange?: (message: ConversionChanged) => void
}

export async function createLiveHub({ rabbit, log, onChange }: LiveHubDependencies): Promise<LiveHub> {
  const listeners = new Map<string, Set<LiveListener>>()
  const tell = (conversionId: string, news: (listener: LiveListener) => void) => {
    for (const listener of listeners.get(conversionId) ?? []) news(listener)
  }
  const consume = async <T>(
    channel: ConfirmChannel,
    exchange: string,
    schema: z.ZodType<T>,
    handle: (body: T) => void,
  ) => {
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true })
    await channel.bindQueue(queue, exchange, 'conversion.#')
    const take = (content: Buffer) => {
      const parsed = schema.safeParse(jsonOf(content))
      if (parsed.success) handle(parsed.data)
      else
        log.error(
          { exchange, issues: parsed.error.issues },
          'a message about a conversion is malformed and passed over; its subscribers read the conversion again soon',
        )
    }
    await channel.consume(queue, (message) => message && take(message.content), { noAck: true })
  }
  const consuming = await rabbit.keepChannel({
    setup: async (channel) => {
      await consume(channel, exchanges.events, conversionChangedSchema, (message) => {
        tell(message.conversionId, (listener) => listener.changed())
        onChange?.(message)
      })
      await consume(channel, exchanges.progress, conversionProgressedSchema, (message) =>
        tell(message.conversionId, (listener) => listener.progressed(message)),
      )
      // What was said while we were not listening is in the documents.
      for (const conversionId of listeners.keys()) tell(conversionId, (listener) => listener.changed())
    },
  })
  return {
    listen(conversionId, listener) {
      const others = listeners.get(conversionId) ?? new Set()
      listeners.set(conversionId, others.add(listener))
      return () => {
        others.delete(listener)
        if (others.size === 0) listeners.delete(conversionId)
      }
    },
    [Symbol.asyncDispose]: () => consuming[Symbol.asyncDispose](),
  }
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'))
  } catch {
    return undefined
  }
}
