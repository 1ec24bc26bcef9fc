/** Consumes a work queue: a handler that returns acknowledges, one that throws is tried again later, then set aside. */
import type { ConfirmChannel, ConsumeMessage } from 'amqplib'
import { createBackground } from '#runtime/process/background.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { Rabbit } from './connection.ts'
import type { Publisher } from './publisher.ts'
import { settleMessage, type MessageHandling, type Verdict } from './settle-message.ts'
import { declareTopology } from './topology.ts'

export interface ConsumerOptions<T> extends MessageHandling<T> {
  /** How many messages are handled at once. */
  readonly prefetch: number
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
    atHand.add(
      settleMessage(message, options, publisher, log).then((verdict) => answer(channel, message, verdict)),
    )
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

function answer(channel: ConfirmChannel, message: ConsumeMessage, verdict: Verdict): void {
  try {
    if (verdict === 'acknowledge') channel.ack(message)
    else channel.nack(message, false, true)
  } catch {
    // The channel is gone: the broker has put the message back already.
  }
}
