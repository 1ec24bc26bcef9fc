/** Tells HTTP clients in a header, too, when an operation that was put off may be tried again. */
import type { ApolloServerPlugin } from '@apollo/server'
import { retryAfterSeconds } from '#runtime/retry-after.ts'
import type { RouterContext } from '#router/router-context.ts'

export const retryAfterPlugin: ApolloServerPlugin<RouterContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response }) {
        if (response.body.kind !== 'single') return
        const waits = (response.body.singleResult.errors ?? []).flatMap(({ extensions }) =>
          typeof extensions?.['retryAfterMs'] === 'number' ? [extensions['retryAfterMs']] : [],
        )
        if (waits.length > 0) response.http.headers.set('retry-after', retryAfterSeconds(Math.max(...waits)))
      },
    }
  },
}
