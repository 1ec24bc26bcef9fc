/** Sends requests to a subgraph over HTTP, with the proof that the router sends them for this client. */
import { Pool } from 'undici'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { assertionHeader, signAssertion } from '#runtime/tokens/assertion.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import type { RouterContext } from '#router/router-context.ts'

export interface SubgraphSenderDependencies {
  readonly subgraph: string
  /** Where the subgraph is; its GraphQL is at /graphql. */
  readonly origin: string
  readonly keys: RotatingKeys
  readonly timeoutMs?: number
}

/** Whose request it is. */
export type SenderContext = Pick<
  RouterContext,
  'requestId' | 'clientAddress' | 'userAgent' | 'client' | 'log'
>

export interface SubgraphSender extends AsyncDisposable {
  /** The body of the answer; null where none came, which is logged unless the signal gave the request up. */
  send(body: string, context: SenderContext, signal?: AbortSignal): Promise<string | null>
}

export function createSubgraphSender(dependencies: SubgraphSenderDependencies): SubgraphSender {
  const { subgraph, origin, keys, timeoutMs = 15_000 } = dependencies
  const pool = new Pool(origin, {
    connections: 64,
    pipelining: 1,
    // Shorter than the subgraph keeps its end, so that no request meets a connection that is closing.
    keepAliveTimeout: 30_000,
    connectTimeout: 3_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })

  return {
    async send(body, context, signal) {
      const { requestId, clientAddress, userAgent, log } = context
      const client = context.client()
      const userToken = bearerToken(client?.authorization) ?? ''
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-request-id': requestId,
        [assertionHeader]: signAssertion(
          { caller: 'router', subgraph, body, userToken, clientAddress, userAgent },
          keys,
        ),
        ...(client && { authorization: client.authorization }),
      }
      try {
        const response = await pool.request({
          path: '/graphql',
          method: 'POST',
          headers,
          body,
          ...(signal && { signal }),
        })
        return await response.body.text()
      } catch (error) {
        if (signal?.aborted) return null
        log.warn(
          { err: error, subgraph },
          'a subgraph did not answer; the client is told SERVICE_UNAVAILABLE',
        )
        return null
      }
    },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}
