/** Follows a conversion until it is finished, through breaks of the connection and silences. */
import { ConversionDocument, type ConversionFieldsFragment } from '#schema/generated/operations.ts'
import type { RunOperation } from '#cli/api/api.ts'
import { CliError } from '#cli/cli-error.ts'
import { pause } from '#cli/api/graphql-client.ts'
import type { ConversionUpdate, SubscribeToConversion } from '#cli/api/live-updates.ts'

export type Conversion = ConversionFieldsFragment

export interface FollowDependencies {
  readonly run: RunOperation
  readonly subscribe: SubscribeToConversion
  readonly limits?: FollowLimits
}

export interface FollowLimits {
  /** How long no news may come before the conversion is asked for. */
  readonly silenceMs: number
  /** How long the server may be away before following is given up. */
  readonly patienceMs: number
  /** Between two tries to subscribe. */
  readonly pauseMs: number
}

const defaultLimits: FollowLimits = { silenceMs: 15_000, patienceMs: 300_000, pauseMs: 1_000 }

export const isFinished = ({ status }: Conversion) => status !== 'QUEUED' && status !== 'RUNNING'

/** Yields each piece of news; the last one is finished. @throws CliError when it cannot be followed any further. */
export async function* followConversion(
  id: string,
  { run, subscribe, limits = defaultLimits }: FollowDependencies,
  signal: AbortSignal,
): AsyncGenerator<Conversion, void> {
  const ask = async () => (await run(ConversionDocument, { id }, signal)).conversion!
  let sequence: number | null = null
  let lastContactMs = performance.now()
  for (;;) {
    const over = new AbortController()
    try {
      const updates = subscribe(id, sequence, AbortSignal.any([signal, over.signal]))
      for await (const news of withoutSilence(updates, ask, limits.silenceMs)) {
        lastContactMs = performance.now()
        sequence = Math.max(sequence ?? 0, news.sequence)
        yield news
        if (isFinished(news)) return
      }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof CliError) || !mayGoOn(error)) throw error
      if (performance.now() - lastContactMs > limits.patienceMs) throw error
    } finally {
      over.abort()
    }
    await pause(limits.pauseMs, signal)
  }
}

/** Whether following on makes sense: the server is away or has just turned a stale token down. */
const mayGoOn = ({ code, retryable }: CliError) => retryable || code === 'UNAUTHENTICATED'

/** The updates' conversions; where none comes for a while, the conversion as it is asked for instead. */
async function* withoutSilence(
  updates: AsyncIterableIterator<ConversionUpdate>,
  ask: () => Promise<Conversion>,
  silenceMs: number,
): AsyncGenerator<Conversion, void> {
  let next = updates.next()
  try {
    for (;;) {
      const result = await withTimeout(next, silenceMs)
      if (result === 'silence') {
        const conversion = await ask()
        yield conversion
        // A running conversion reports all the time, so this connection is not what it seems.
        if (conversion.status === 'RUNNING') return
      } else {
        if (result.done) return
        next = updates.next()
        yield result.value.conversion
      }
    }
  } finally {
    // Whoever opened the updates ends them by their signal; what they still say is not wanted.
    next.catch(() => undefined)
  }
}

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), ms)
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}
