/** Whose use is counted: a user, and where they connect from. */
import { requireIdentity } from '#runtime/graphql/request-identity.ts'
import type { Identity, SubgraphContext } from '#runtime/graphql/subgraph-context.ts'

export interface Account extends Pick<Identity, 'userId' | 'emailVerified' | 'isGuest'> {
  /** Null where the client is not known, as when it was routed straight to media. */
  readonly clientAddress: string | null
}

/** @throws DomainError UNAUTHENTICATED where nobody is signed in. */
export function accountOf(context: Pick<SubgraphContext, 'identity' | 'clientAddress'>): Account {
  const { userId, emailVerified, isGuest } = requireIdentity(context)
  return { userId, emailVerified, isGuest, clientAddress: context.clientAddress }
}
