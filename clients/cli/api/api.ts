/** Runs operations for the signed-in user. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { CliError } from '#cli/cli-error.ts'
import type { SendOperation } from './graphql-client.ts'
import type { Session } from '#cli/session/session.ts'

export type RunOperation = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
) => Promise<Data>

/** Every operation that goes through here may be repeated: queries, and mutations under an idempotency key. */
export function createApi(send: SendOperation, session: Session): RunOperation {
  return async (document, variables, signal) => {
    const token = await session.accessToken(signal)
    try {
      return await send(document, variables, { signal, token })
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'UNAUTHENTICATED') throw error
      // The clocks may disagree, or the token's key was withdrawn: a new token tells.
      return await send(document, variables, { signal, token: await session.renewedToken(token, signal) })
    }
  }
}
