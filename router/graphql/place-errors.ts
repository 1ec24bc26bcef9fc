/**
 * Tells a client of an error what it can find it by: where in its own text the field stands, and under which id our log has the
 * request. The locations that subgraphs and gateway give are of texts that the router wrote.
 */
import {
  getLocation,
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type SelectionSetNode,
  type SourceLocation,
} from 'graphql'

export interface AskedOperation {
  /** Undefined where the text is no GraphQL. */
  readonly document?: DocumentNode | undefined
  readonly operationName?: string | null | undefined
  readonly contextValue: { readonly requestId: string }
}

/** Of a result that one of our texts led to. */
export function placeErrors<T extends FormattedExecutionResult>(result: T, asked: AskedOperation): T {
  if (result.errors === undefined) return result
  return { ...result, errors: result.errors.map((error) => placeError(error, asked)) }
}

export function placeError(error: GraphQLFormattedError, asked: AskedOperation): GraphQLFormattedError {
  const { document, operationName, contextValue } = asked
  const { message, path, extensions } = error
  // Without a path it comes from reading the client's text itself.
  const locations = path && document ? locationsOf(document, operationName, path) : error.locations
  return {
    message,
    ...(locations && locations.length > 0 && { locations }),
    ...(path && { path }),
    extensions: withRequestId(extensions, contextValue.requestId),
  }
}

const withRequestId = (
  extensions: GraphQLFormattedError['extensions'],
  requestId: string,
): Record<string, unknown> => ({ ...extensions, requestId })

/** Of what was refused, or failed, where no text of the client's has a place for it. */
export const identifyErrors = (errors: readonly GraphQLFormattedError[], requestId: string) =>
  errors.map((error) => ({ ...error, extensions: withRequestId(error.extensions, requestId) }))

/** Of the fields that the path leads to: several where the text asks for one several times. */
function locationsOf(
  document: DocumentNode,
  operationName: string | null | undefined,
  path: readonly (string | number)[],
): SourceLocation[] {
  const isFragment = (node: { kind: Kind }): node is FragmentDefinitionNode =>
    node.kind === Kind.FRAGMENT_DEFINITION
  const fragments = new Map(document.definitions.filter(isFragment).map((node) => [node.name.value, node]))
  const fieldsIn = (set: SelectionSetNode | undefined, key: string): FieldNode[] =>
    (set?.selections ?? []).flatMap((node) => {
      if (node.kind === Kind.FIELD) return (node.alias ?? node.name).value === key ? [node] : []
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value)
      return fieldsIn(fragment?.selectionSet, key)
    })
  let sets = [getOperationAST(document, operationName)?.selectionSet]
  let fields: FieldNode[] = []
  for (const key of path) {
    if (typeof key === 'number') continue
    fields = sets.flatMap((set) => fieldsIn(set, key))
    sets = fields.map(({ selectionSet }) => selectionSet)
  }
  return fields.flatMap(({ loc }) => (loc ? [getLocation(loc.source, loc.start)] : []))
}
