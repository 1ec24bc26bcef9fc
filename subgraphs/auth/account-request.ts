/** What an account's affairs need to know of the request: where it comes from, and whether its client still waits. */
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { addressBlock } from '#runtime/network/address-block.ts'

export interface AccountRequest {
  readonly requestId: string
  /** Where the client connects from, as one subscriber has it. */
  readonly addressBlock: string
  /** The same, as wide as one rents it at once. */
  readonly network: string
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
}

export const accountRequestOf = ({ requestId, clientAddress, signal }: SubgraphContext): AccountRequest => ({
  requestId,
  addressBlock: addressBlock(clientAddress ?? ''),
  network: addressBlock(clientAddress ?? '', 'network'),
  signal,
})
