/** The broker as seen by a plain client: what tests look into queues with. */
import { connect, type ConfirmChannel, type GetMessage } from 'amqplib'

export interface RawBroker extends AsyncDisposable {
  /** What it publishes is in its queue once `waitForConfirms` resolves, not before. */
  readonly channel: ConfirmChannel
  /** Takes the next message of a queue, as soon as there is one. */
  next(queue: string): Promise<RawMessage>
  /** How many messages nobody has been given yet, and how many consumers wait for them. */
  count(queue: string): Promise<{ readonly ready: number; readonly consumers: number }>
}

export interface RawMessage {
  readonly body: string
  readonly headers: Record<string, unknown>
  readonly redelivered: boolean
  readonly persistent: boolean
}

export async function connectRawBroker(url: string): Promise<RawBroker> {
  const connection = await connect(url)
  const channel = await connection.createConfirmChannel()
  // So that `next` is given one message and no more.
  await channel.prefetch(1)
  const count = async (queue: string) => {
    const { messageCount, consumerCount } = await channel.checkQueue(queue)
    return { ready: messageCount, consumers: consumerCount }
  }
  return {
    channel,
    count,
    async next(queue) {
      const { promise, resolve } = Promise.withResolvers<GetMessage>()
      const { consumerTag } = await channel.consume(queue, (message) => message && resolve(message as never))
      const message = await promise
      await channel.cancel(consumerTag)
      channel.ack(message)
      return {
        body: message.content.toString(),
        headers: message.properties.headers ?? {},
        redelivered: message.fields.redelivered,
        persistent: message.properties.deliveryMode === 2,
      }
    },
    [Symbol.asyncDispose]: () => connection.close(),
  }
}
