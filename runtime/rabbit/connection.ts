/** The connection to RabbitMQ: it comes back by itself, and so does every channel opened through it. */
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '#runtime/process/health.ts'
import type { Logger } from '#runtime/process/log.ts'
import { declareTopology } from '#runtime/rabbit/topology.ts'

export interface Rabbit extends AsyncDisposable {
  isConnected(): boolean
  /**
   * Opens a channel, runs `setup` on it, and does both again whenever the channel is lost. Resolves after the first
   * setup. Disposing it closes the channel after `teardown`.
   */
  keepChannel(options: KeepChannelOptions): Promise<AsyncDisposable>
}

export interface KeepChannelOptions {
  readonly setup: (channel: ConfirmChannel) => Promise<void>
  /** Runs when the channel is gone, by whatever cause. */
  readonly lost?: () => void
  readonly teardown?: () => Promise<void>
}

/** Resolves once connected; start order does not matter. */
export async function connectRabbit(
  url: string,
  log: Logger,
  health?: Health,
  signal?: AbortSignal,
): Promise<Rabbit> {
  let connected = false
  const target = new URL(url)
  target.searchParams.set('heartbeat', '10')
  const model = await connect(target.href, {
    recovery: {
      waitForConnect: false,
      initialDelay: 100,
      maxDelay: 5_000,
      setup: async (connection: ChannelModel) => {
        const channel = await connection.createChannel()
        await declareTopology(channel)
        await channel.close()
      },
    },
  })
  model.on('connect', () => {
    connected = true
    log.info('connected to the broker')
  })
  model.on('disconnect', (error: Error) => {
    connected = false
    log.warn({ err: error }, 'lost the broker')
  })
  model.on('connect-failed', (error: Error) =>
    log.warn({ reason: error.message }, 'the broker is away; trying again'),
  )
  model.on('error', () => undefined) // a `disconnect` follows and says it
  health?.require('rabbitmq', () => connected)
  const abandon = () => void model.close().catch(() => undefined)
  signal?.addEventListener('abort', abandon, { once: true })
  await model.waitForConnect()
  signal?.removeEventListener('abort', abandon)

  return {
    isConnected: () => connected,
    keepChannel: (options) => keepChannel(() => model.createConfirmChannel(), options, log),
    [Symbol.asyncDispose]: () => model.close().catch(() => undefined),
  }
}

async function keepChannel(
  open: () => Promise<ConfirmChannel>,
  options: KeepChannelOptions,
  log: Logger,
): Promise<AsyncDisposable> {
  const ending = new AbortController()
  let current: ConfirmChannel | undefined
  const setUp = async () => {
    const channel = await open()
    channel.on('error', (error) => log.warn({ err: error }, 'the broker closed a channel'))
    const closed = once(channel, 'close')
    current = channel
    await options.setup(channel)
    return { closed }
  }
  const keep = async (first: { closed: Promise<unknown> }) => {
    let state: { closed: Promise<unknown> } | undefined = first
    while (!ending.signal.aborted) {
      if (state !== undefined) {
        await state.closed
        options.lost?.()
        if (ending.signal.aborted) return
      }
      state = await setUp().catch(async (error: unknown) => {
        log.warn({ err: error }, 'a channel could not be set up; trying again')
        await delay(500, undefined, { signal: ending.signal }).catch(() => undefined)
        return undefined
      })
    }
  }
  const kept = keep(await setUp())
  return {
    async [Symbol.asyncDispose]() {
      await options.teardown?.()
      ending.abort()
      await current?.close().catch(() => undefined)
      // While the broker is away the loop waits for it; closing the connection ends that wait.
      if (current !== undefined) await Promise.race([kept, delay(1_000)])
    },
  }
}
