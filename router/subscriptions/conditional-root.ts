/**
 * Finds subscriptions whose root field is conditional, which GraphQL forbids (specification, "Single Root Field").
 *
 * graphql-js 16 does not: its rule asks the directives while it validates, where no variable has a value yet, and throws
 * (https://github.com/graphql/graphql-js/pull/3974 came with 17). So this is asked before Apollo Server validates.
 */
import { Kind, parse, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'
import { DomainError } from '#runtime/domain-error.ts'

/** The error that refuses the operation; null for any other, and for what is no operation at all. */
export function conditionalRootError(query: unknown): DomainError | null {
  // Most operations are told by their text alone, and need not be parsed twice.
  if (typeof query !== 'string' || !/\bsubscription\b/.test(query) || !/@\s*(skip|include)\b/.test(query))
    return null
  const document = parsed(query)
  if (document === null || !hasConditionalRoot(document)) return null
  return new DomainError(
    'BAD_REQUEST',
    'The root field of a subscription may carry neither @skip nor @include.',
  )
}

/** Null for a text with a syntax error, which Apollo Server tells better. */
function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true })
  } catch {
    return null
  }
}

function hasConditionalRoot({ definitions }: DocumentNode): boolean {
  const isFragment = (node: { kind: Kind }): node is FragmentDefinitionNode =>
    node.kind === Kind.FRAGMENT_DEFINITION
  const fragments = new Map(
    definitions.filter(isFragment).map((node) => [node.name.value, node.selectionSet]),
  )
  const seen = new Set<SelectionSetNode>()
  const isConditional = (set: SelectionSetNode | undefined): boolean => {
    // Fragments may name each other in a circle until validation has refused that.
    if (set === undefined || seen.has(set)) return false
    seen.add(set)
    return set.selections.some((selection) => {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'))
        return true
      if (selection.kind === Kind.FIELD) return false
      return isConditional(
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection.selectionSet
          : fragments.get(selection.name.value),
      )
    })
  }
  return definitions.some(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      node.operation === 'subscription' &&
      isConditional(node.selectionSet),
  )
}
