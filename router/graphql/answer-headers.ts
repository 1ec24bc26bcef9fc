/** What an HTTP answer says besides its result: that nobody may keep it, and when an operation that was put off may be tried again. */
import type { ApolloServerPlugin } from '@apollo/server'
import { OperationTypeNode } from 'graphql'
import { retryAfterSeconds } from '#runtime/retry-after.ts'
import type { RouterContext } from '#router/router-context.ts'

export const answerHeadersPlugin: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response, operation }) {
        if (response.body.kind !== 'single') return
        const { headers } = response.http
        // Mutations give out sessions and upload addresses beside what clients sent: compressed together, the length of an
        // answer would tell of the secret (BREACH). Whatever stands in between is told not to compress it either.
        const isQuery = operation?.operation === OperationTypeNode.QUERY
        headers.set('cache-control', isQuery ? 'no-store' : 'no-store, no-transform')
        const waits = (response.body.singleResult.errors ?? []).flatMap(({ extensions }) =>
          typeof extensions?.['retryAfterMs'] === 'number' ? [extensions['retryAfterMs']] : [],
        )
        if (waits.length > 0) headers.set('retry-after', retryAfterSeconds(Math.max(...waits)))
      },
    }
  },
}
