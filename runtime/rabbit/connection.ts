/** The connection to RabbitMQ: it comes back by itself, and so does every channel opened through it. */
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib'
import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from '#runtime/process/health.ts'
import type { Logger } from '#runtime/process/log.ts'
import { declareTopology } from './topology.ts'

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

const longestCloseMs = 2_000

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
        // amqplib 2.3.1 listens only after this: a connection that breaks meanwhile would end the process.
        connection.on('error', () => undefined)
        const channel = await connection.createChannel()
        channel.on('error', () => undefined) // the call that caused it rejects
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
    log.warn({ err: error }, 'the connection to the broker was lost; it is made anew')
  })
  model.on('connect-failed', (error: Error) =>
    log.warn({ reason: error.message }, 'the broker cannot be reached; trying again'),
  )
  model.on('error', () => undefined) // a `disconnect` follows and says it
  health?.require('rabbitmq', () => connected)
  const over = new AbortController()
  const end = async () => {
    over.abort()
    // amqplib waits for ever for the broker's answer when the connection breaks while it is being closed.
    const enough = new AbortController()
    const limit = delay(longestCloseMs, undefined, { signal: enough.signal }).catch(() => undefined)
    await Promise.race([model.close().catch(() => undefined), limit])
    enough.abort()
  }
  const abandon = () => void end()
  signal?.addEventListener('abort', abandon, { once: true })
  if (signal?.aborted) abandon()
  await model.waitForConnect()
  signal?.removeEventListener('abort', abandon)

  return {
    isConnected: () => connected,
    keepChannel: (options) => keepChannel(() => model.createConfirmChannel(), options, over.signal, log),
    [Symbol.asyncDispose]: end,
  }
}

async function keepChannel(
  open: () => Promise<ConfirmChannel>,
  options: KeepChannelOptions,
  connectionOver: AbortSignal,
  log: Logger,
): Promise<AsyncDisposable> {
  const given = new AbortController()
  const ending = AbortSignal.any([given.signal, connectionOver])
  let current: KeptChannel | undefined
  const setUp = async () => {
    const channel = await open()
    channel.on('error', (error) =>
      log.warn({ err: error }, 'the broker closed a channel for an error; a new one is opened'),
    )
    // Not by `once`, which would reject at the 'error' that comes before.
    const closed = new Promise<void>((resolve) => channel.on('close', resolve))
    current = { channel, closed }
    try {
      if (!ending.aborted) await options.setup(channel)
    } catch (error) {
      await close(current)
      throw error
    }
    // Given up meanwhile, perhaps while the broker was away.
    if (ending.aborted) await close(current)
    return current
  }
  const keep = async (first: KeptChannel) => {
    for (let kept: KeptChannel | undefined = first; ;) {
      await kept?.closed
      if (kept) options.lost?.()
      if (ending.aborted) return
      kept = await setUp().catch(async (error: unknown) => {
        if (ending.aborted) return undefined
        log.warn({ err: error }, 'a channel could not be set up; trying again')
        await delay(500, undefined, { signal: ending }).catch(() => undefined)
        return undefined
      })
    }
  }
  void keep(await setUp())
  return {
    async [Symbol.asyncDispose]() {
      await options.teardown?.()
      given.abort()
      if (current !== undefined) await close(current)
    },
  }
}

interface KeptChannel {
  readonly channel: ConfirmChannel
  readonly closed: Promise<void>
}

/** Of a channel that may be closed already. */
async function close({ channel, closed }: KeptChannel): Promise<void> {
  try {
    // Nobody answers when the connection breaks meanwhile.
    await Promise.race([channel.close(), closed])
  } catch {
    // It was closed already.
  }
  await closed
}
