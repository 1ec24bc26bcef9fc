/** Measures a document before it is validated or planned, in time that its limits bound, whatever is in it. */
import {
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql'
import type { CostTable } from './cost-table.ts'
import type { FieldCost } from './field-cost.ts'
import type { OperationLimit } from './operation-limits.ts'

export type Measures = Record<Exclude<OperationLimit, 'bytes' | 'tokens'>, number>

type Variables = Readonly<Record<string, unknown>>

/** JSON can say 1e999, which is infinite; and nothing times that is no number, to which no limit applies. */
const mostCounted = Number.MAX_SAFE_INTEGER

/** Where a selection stands. */
interface Place {
  /** Undefined within what the schema does not know. */
  readonly type: string | undefined
  readonly depth: number
  /** How often it is resolved, by the sizes of the lists around it. */
  readonly times: number
  /** Sizes of lists that an outer field has said of fields here. */
  readonly sizes: ReadonlyMap<string, number>
}

/** Counting stops once more fields than this have been seen: the other measures are then of what was seen so far. */
export function measureOperation(
  document: DocumentNode,
  variables: Variables,
  costs: CostTable,
  mostFields: number,
): Measures {
  const measures = { ...zero, ...countInText(document) }
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  )

  const walk = (selections: readonly SelectionNode[], place: Place, given: Variables): void => {
    for (const selection of selections) {
      if (++measures.fields > mostFields) return
      if (selection.kind === Kind.FIELD) walkField(selection, place, given)
      else {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
        const type = fragment?.typeCondition?.name.value ?? place.type
        if (fragment) walk(fragment.selectionSet.selections, { ...place, type }, given)
      }
    }
  }

  const walkField = (node: FieldNode, place: Place, given: Variables): void => {
    const name = node.name.value
    const field = place.type === undefined ? undefined : costs.field(place.type, name)
    const isIntrospection = name.startsWith('__') || place.type?.startsWith('__')
    if (place.depth === 0) measures.rootFields++
    if (place.depth === 0 && field?.takesPassword) measures.passwordOperations++
    if (place.type !== undefined && !isIntrospection)
      measures.depth = Math.max(measures.depth, place.depth + 1)
    const size = field && sizeOf(node, field, given)
    const isSized = size !== undefined && field!.listSize!.sizedFields.length > 0
    const items = place.sizes.get(name) ?? (isSized ? 1 : (size ?? 1))
    const weight = (field?.weight ?? 0) + items * (field?.itemWeight ?? 0)
    measures.cost = Math.min(mostCounted, measures.cost + place.times * weight)
    if (node.selectionSet === undefined) return
    const below = {
      type: field?.type,
      depth: place.depth + 1,
      times: Math.min(mostCounted, place.times * items),
      sizes: isSized ? new Map(field!.listSize!.sizedFields.map((sized) => [sized, size])) : noSizes,
    }
    walk(node.selectionSet.selections, below, given)
  }

  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue
    const type = costs.roots[operation.operation]
    const given = { ...defaultsOf(operation), ...variables }
    const before = measures.cost
    walk(operation.selectionSet.selections, { type, depth: 0, times: 1, sizes: noSizes }, given)
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) measures.eventCost += measures.cost - before
  }
  return measures
}

const noSizes: Place['sizes'] = new Map()

const zero = { depth: 0, rootFields: 0, fields: 0, cost: 0, eventCost: 0, passwordOperations: 0 }

/** What needs no expansion: a text of so many tokens cannot have more of them. */
function countInText(document: DocumentNode): Pick<Measures, 'aliases' | 'directives' | 'fragments'> {
  let aliases = 0
  let directives = 0
  let fragments = 0
  visit(document, {
    Field: (node) => void (aliases += node.alias === undefined ? 0 : 1),
    Directive: () => void directives++,
    FragmentDefinition: () => void fragments++,
  })
  return { aliases, directives, fragments }
}

const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)]],
    ),
  )

/** How many items a field gives; undefined where it gives no list. The largest slicing argument counts. */
function sizeOf(
  node: FieldNode,
  { listSize, argumentDefaults }: FieldCost,
  given: Variables,
): number | undefined {
  if (listSize === null) return undefined
  const values = listSize.slicingArguments.map((name) => {
    const argument = node.arguments?.find((candidate) => candidate.name.value === name)
    return argument === undefined ? argumentDefaults[name] : valueFromASTUntyped(argument.value, { ...given })
  })
  const sizes = values.filter((value) => typeof value === 'number' && value >= 0) as number[]
  return sizes.length === 0 ? listSize.assumedSize : Math.min(mostCounted, Math.max(...sizes))
}
