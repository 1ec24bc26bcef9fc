/** The messages that were set aside: looked through, sent to their queue again, or dropped. */
import { createHash } from 'node:crypto'
import type { ConfirmChannel, GetMessage } from 'amqplib'
import * as z from 'zod'
import type { Rabbit } from './connection.ts'
import { lastingHeaders } from './message-headers.ts'
import type { Publisher } from './publisher.ts'
import { deadQueue, type WorkQueue } from './topology.ts'

export interface DeadLetter {
  /** Stays the same for as long as the message lies there. */
  readonly id: string
  /** Where it lay before, and where a replay brings it. */
  readonly queue: WorkQueue
  readonly reason: string | null
  /** ISO 8601. */
  readonly setAsideAt: string | null
  /** How often it had been tried again. */
  readonly tries: number
  readonly requestId: string | null
  /** As it came; whatever is not UTF-8 is shown as U+FFFD. */
  readonly body: string
}

export type DeadLetterFate = 'keep' | 'replay' | 'drop'

export interface WalkDependencies {
  readonly rabbit: Rabbit
  readonly publisher: Pick<Publisher, 'forward'>
}

/**
 * Asks once for each message that lies there at the start what shall become of it. Nothing is lost when this breaks off:
 * a message leaves only when it was dropped, or when the broker has confirmed it in its queue. It may then be there
 * twice, which its consumer bears.
 */
export async function walkDeadLetters(
  { rabbit, publisher }: WalkDependencies,
  queue: WorkQueue,
  decide: (letter: DeadLetter) => DeadLetterFate,
): Promise<void> {
  const { promise: opened, resolve: open, reject: fail } = Promise.withResolvers<ConfirmChannel>()
  // Closing the channel gives back what was taken and not acknowledged.
  await using _kept = await rabbit.keepChannel({
    setup: async (channel) => open(channel),
    lost: () => fail(new Error('the broker is away')),
  })
  const channel = await opened
  const { messageCount } = await channel.checkQueue(deadQueue(queue))
  for (let seen = 0; seen < messageCount; seen++) {
    const message = await channel.get(deadQueue(queue))
    if (message === false) return
    const letter = read(message, queue)
    const fate = decide(letter)
    if (fate === 'keep') continue
    if (fate === 'replay')
      await publisher.forward(message.content, queue, lastingHeaders(message.properties.headers))
    channel.ack(message)
  }
}

const headersSchema = z.object({
  reason: z.string().nullable().catch(null),
  setAsideAt: z.iso.datetime().nullable().catch(null),
  tries: z.int().nonnegative().catch(0),
  requestId: z.string().nullable().catch(null),
})

function read({ content, properties }: GetMessage, queue: WorkQueue): DeadLetter {
  const messageId: unknown = properties.messageId
  const id =
    typeof messageId === 'string' && messageId !== ''
      ? messageId
      : createHash('sha256').update(content).digest('hex').slice(0, 32)
  const headers = headersSchema.parse(properties.headers ?? {})
  return { id, queue, ...headers, body: content.toString('utf8') }
}
