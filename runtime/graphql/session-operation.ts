/** Which operations need no access token, so that one that is no longer good does not stand in their way. */
import { decodeJwt } from 'jose'
import { Kind, OperationTypeNode, parse, type DocumentNode } from 'graphql'

const fields: ReadonlySet<string> = new Set([
  'signUp',
  'signIn',
  'refreshSession',
  'signOut',
  'verifyEmail',
  'requestPasswordReset',
  'resetPassword',
])

/**
 * Whether all it does is to begin, renew or end a session, or to prove an address. But for a guest who signs up: without its
 * token it would be somebody new, and lose what is its own; it is told to renew the token.
 */
export function isSessionOperation(query: unknown, badToken: string | undefined): boolean {
  const needsNone = (field: string) => fields.has(field) && !(field === 'signUp' && saysGuest(badToken))
  const document = typeof query === 'string' ? parsed(query) : null
  const operations = document?.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION) ?? []
  return (
    operations.length > 0 &&
    operations.every(
      ({ operation, selectionSet }) =>
        operation === OperationTypeNode.MUTATION &&
        selectionSet.selections.every((field) => field.kind === Kind.FIELD && needsNone(field.name.value)),
    )
  )
}

/** By what the token says, true or not: it only ever refuses. */
function saysGuest(token: string | undefined): boolean {
  try {
    return token !== undefined && decodeJwt(token)['guest'] === true
  } catch {
    return false
  }
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return null
  }
}
