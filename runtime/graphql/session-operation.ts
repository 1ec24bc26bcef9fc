/** Which operations need no access token, so that one that has expired does not stand in their way. */
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

/** Whether all it does is to begin, renew or end a session, or to prove an address. */
export function isSessionOperation(query: unknown): boolean {
  const document = typeof query === 'string' ? parsed(query) : null
  const operations = document?.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION) ?? []
  return (
    operations.length > 0 &&
    operations.every(
      ({ operation, selectionSet }) =>
        operation === OperationTypeNode.MUTATION &&
        selectionSet.selections.every((field) => field.kind === Kind.FIELD && fields.has(field.name.value)),
    )
  )
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return null
  }
}
