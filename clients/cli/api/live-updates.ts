/** One subscription to a conversion over one WebSocket; whoever uses it resumes it after a break. */
import { createClient } from 'graphql-ws'
import { print } from 'graphql'
import {
  ConversionUpdatedDocument,
  type ConversionUpdatedSubscription,
  type ConversionUpdatedSubscriptionVariables,
} from '#schema/generated/operations.ts'
import { CliError } from '#cli/cli-error.ts'
import { apiError, unreachable, type ResultError } from './graphql-client.ts'
import type { Session } from '#cli/session/session.ts'

export type ConversionUpdate = ConversionUpdatedSubscription['conversionUpdated']

/**
 * Without `afterSequence` the first update is how the conversion stands.
 * @throws CliError with the API's code, or UNREACHABLE when the connection broke.
 */
export type SubscribeToConversion = (
  id: string,
  afterSequence: number | null,
  signal: AbortSignal,
) => AsyncIterableIterator<ConversionUpdate>

export function createLiveUpdates(origin: string, session: Session): SubscribeToConversion {
  const url = `${origin.replace(/^http/, 'ws')}/graphql`
  return async function* (id, afterSequence, signal) {
    const client = createClient({
      url,
      retryAttempts: 0,
      connectionAckWaitTimeout: 10_000,
      keepAlive: 10_000,
      connectionParams: async () => ({ authorization: `Bearer ${await session.accessToken(signal)}` }),
    })
    const variables: ConversionUpdatedSubscriptionVariables = { id, afterSequence }
    const results = client.iterate<ConversionUpdatedSubscription>({
      query: print(ConversionUpdatedDocument),
      variables: { ...variables },
    })
    const stop = () => void results.return?.()
    signal.addEventListener('abort', stop, { once: true })
    try {
      for await (const { data, errors } of results) {
        if (errors?.[0] !== undefined) throw apiError(errors[0])
        if (data) yield data.conversionUpdated
      }
      signal.throwIfAborted()
    } catch (error) {
      throw error instanceof CliError || signal.aborted ? error : liveError(error, origin)
    } finally {
      signal.removeEventListener('abort', stop)
      await client.dispose()
    }
  }
}

/** graphql-ws throws the errors of a refused operation as a list, and the close event of a lost connection. */
function liveError(thrown: unknown, origin: string): CliError {
  if (Array.isArray(thrown))
    return apiError((thrown as ResultError[])[0] ?? { message: 'The subscription failed.' })
  return unreachable(origin, thrown)
}
