/** The ways to send an operation: over HTTP and on a WebSocket. */
import type { ApiClient } from '#test/harness/api-client.ts'
import type { Operation } from '#test/attacks/schema/operation-text.ts'

/** Resolves to the whole answer; to all that came, until it ended, of a subscription. */
export type Ask = (operation: Operation) => Promise<unknown>

export const overHttp =
  (api: ApiClient): Ask =>
  ({ query, variables }) =>
    api.ask(query, variables)

/** One socket for all that is asked. */
export function onSocket(api: ApiClient): { readonly ask: Ask } & AsyncDisposable {
  const socket = api.openSocket({ retryAttempts: 0 })
  return {
    async ask(operation) {
      const { query, variables } = operation
      const results: unknown[] = []
      try {
        for await (const result of socket.iterate({ query, variables: { ...variables } }))
          results.push(result)
      } catch (refusal) {
        results.push({ errors: refusal })
      }
      return results
    },
    [Symbol.asyncDispose]: async () => await socket.dispose(),
  }
}
