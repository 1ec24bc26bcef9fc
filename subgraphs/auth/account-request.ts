/** What an account's affairs need to know of the request: where it comes from, and whether its client still waits. */
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { originOf, type Origin } from '#runtime/waiting-places.ts'

export interface AccountRequest extends Origin {
  readonly requestId: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}

export const accountRequestOf = ({ requestId, clientAddress, signal }: SubgraphContext): AccountRequest => ({
  ...originOf(clientAddress),
  requestId,
  signal,
})
