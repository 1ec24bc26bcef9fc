/** Publishes messages that the broker has confirmed, and tells the unroutable ones from the delivered. */
import { randomUUID } from 'node:crypto'
import type { ConfirmChannel, Message } from 'amqplib'
import type * as z from 'zod'
import { writtenVersion } from '#schema/messages/message-version.ts'
import type { Rabbit } from './connection.ts'
import { exchanges } from './topology.ts'

export interface Publication<T> {
  readonly exchange: (typeof exchanges)[keyof typeof exchanges]
  readonly routingKey: string
  readonly schema: z.ZodType<T>
  readonly body: T
  readonly headers?: Record<string, string | number>
  /** Whether an event, too, must find a queue. */
  readonly mandatory?: boolean
}

export interface Publisher extends AsyncDisposable {
  /**
   * Resolves when a quorum of the broker's nodes has the message on disk. An event that no queue wants resolves too
   * unless it is mandatory; commands must always find one.
   * @throws Error when the broker is away, says nothing, refuses it, or has no queue for it. It may have arrived all the same.
   */
  publish<T>(publication: Publication<T>): Promise<void>
  /** Sends without waiting: lost when the broker is away. For what the next message makes obsolete. */
  publishTransient<T>(publication: Publication<T>): void
  /** Moves a message's bytes on to another queue as they are; confirmed like `publish`. */
  forward(content: Buffer, queue: string, headers: Record<string, string | number>): Promise<void>
}

const version = writtenVersion

/** A broker that is short of memory or disk takes no messages, and tells nobody: whoever waits could not even end. */
const longestConfirmMs = 15_000

export async function createPublisher(
  rabbit: Pick<Rabbit, 'keepChannel'>,
  confirmWithinMs = longestConfirmMs,
): Promise<Publisher> {
  let channel: ConfirmChannel | undefined
  let returned = new Set<string>()
  const kept = await rabbit.keepChannel({
    setup: async (fresh) => {
      returned = new Set()
      // RabbitMQ returns an unroutable message before it confirms it (AMQP 0-9-1, basic.return).
      fresh.on('return', (message: Message) => returned.add(String(message.properties.messageId)))
      channel = fresh
    },
    lost: () => void (channel = undefined),
  })

  const encode = <T>({ schema, body }: Publication<T>) => Buffer.from(JSON.stringify(schema.parse(body)))

  const confirmed = async (message: Outgoing) => {
    if (channel === undefined) throw new Error('the broker is away')
    await publishConfirmed(channel, returned, message, confirmWithinMs)
  }

  return {
    async publish(publication) {
      const { exchange, routingKey, headers = {}, mandatory = exchange === exchanges.commands } = publication
      const content = encode(publication)
      await confirmed({ exchange, routingKey, headers: { ...headers, version }, mandatory, content })
    },
    forward: async (content, queue, headers) =>
      await confirmed({ exchange: exchanges.commands, routingKey: queue, content, headers, mandatory: true }),
    publishTransient(publication) {
      const content = encode(publication)
      const options = { contentType: 'application/json', headers: { ...publication.headers, version } }
      try {
        channel?.publish(publication.exchange, publication.routingKey, content, options)
      } catch {
        // The channel is closing: lost, as when the broker is away.
      }
    },
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}

interface Outgoing {
  readonly exchange: string
  readonly routingKey: string
  readonly content: Buffer
  readonly headers: Record<string, string | number>
  readonly mandatory: boolean
}

/** @param returned The ids of the messages that the broker could not route; ours is taken out of it. */
function publishConfirmed(
  channel: ConfirmChannel,
  returned: Set<string>,
  { exchange, routingKey, content, headers, mandatory }: Outgoing,
  withinMs: number,
): Promise<void> {
  const messageId = randomUUID()
  const options = { persistent: true, mandatory, messageId, headers, contentType: 'application/json' }
  return new Promise((resolve, reject) => {
    channel.publish(exchange, routingKey, content, options, (error: unknown) => {
      clearTimeout(patience)
      if (error) reject(new Error('the broker did not confirm a message', { cause: error }))
      else if (returned.delete(messageId)) reject(new Error(`no queue takes ${exchange}/${routingKey}`))
      else resolve()
    })
    const silence = () => reject(new Error(`the broker said nothing for ${withinMs} ms`))
    const patience = setTimeout(silence, withinMs)
  })
}
