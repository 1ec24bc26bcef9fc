/**
 * Makes a live operation resumable: where a root field numbers its events and can start after a number, the number is
 * always asked for, and the operation can be written again so that it starts after the last one seen.
 */
import {
  getNamedType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

/** Names no client would choose, since they share the selection set with the client's own. */
const sequenceAlias = 'earshotMarkSequence'
const typeAlias = 'earshotMarkType'

export interface LiveMark {
  readonly sequence: number
  /** Whether a later event of its kind makes this one worthless. */
  readonly isProgress: boolean
}

export interface ResumableOperation {
  /** The operation with its marks. */
  readonly query: string
  /** The same, for what comes after an event. */
  after(sequence: number): string
  /** An event's mark; null for one that carries errors only. */
  markOf(event: FormattedExecutionResult): LiveMark | null
}

/** Null for an operation whose events are not numbered: it can only be started anew. */
export function resumable(query: string, schema: GraphQLSchema): ResumableOperation | null {
  const document = parse(query, { noLocation: true })
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const root = operation?.selectionSet.selections[0]
  if (!operation || root?.kind !== Kind.FIELD || !isNumbered(root, schema)) return null
  const marked = withRoot(document, operation, { ...root, selectionSet: marks(root) })
  const key = root.alias?.value ?? root.name.value
  return {
    query: print(marked.document),
    after: (sequence) => print(startingAfter(marked, sequence)),
    markOf: (event) => readMark(event.data?.[key]),
  }
}

function isNumbered(root: FieldNode, schema: GraphQLSchema): boolean {
  const field = schema.getSubscriptionType()?.getFields()[root.name.value]
  const type = field && getNamedType(field.type)
  if (!isObjectType(type)) return false
  const { sequence, type: kind } = type.getFields()
  return field?.args.some((argument) => argument.name === 'afterSequence') === true && !!sequence && !!kind
}

const nameNode = (value: string) => ({ kind: Kind.NAME, value }) as const
const markNode = (alias: string, field: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: nameNode(alias),
  name: nameNode(field),
})

function marks(root: FieldNode) {
  const selections = root.selectionSet?.selections ?? []
  const added = [markNode(sequenceAlias, 'sequence'), markNode(typeAlias, 'type')]
  return { kind: Kind.SELECTION_SET, selections: [...selections, ...added] } as const
}

interface Marked {
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly root: FieldNode
}

function withRoot(document: DocumentNode, before: OperationDefinitionNode, root: FieldNode): Marked {
  const operation = { ...before, selectionSet: { ...before.selectionSet, selections: [root] } }
  const definitions = document.definitions.map((definition) =>
    definition === before ? operation : definition,
  )
  return { document: { ...document, definitions }, operation, root }
}

function startingAfter({ document, operation, root }: Marked, sequence: number): DocumentNode {
  const after: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: nameNode('afterSequence'),
    value: { kind: Kind.INT, value: String(sequence) },
  }
  const others = root.arguments?.filter((argument) => argument.name.value !== 'afterSequence') ?? []
  return withoutUnusedVariables(withRoot(document, operation, { ...root, arguments: [...others, after] }))
}

/** A variable that only the replaced argument used would make the operation invalid. */
function withoutUnusedVariables({ document, operation }: Marked): DocumentNode {
  const used = new Set<string>()
  const collect = { Variable: (node: { name: { value: string } }) => void used.add(node.name.value) }
  visit(document, { ...collect, VariableDefinition: () => false })
  const variableDefinitions =
    operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value)) ?? []
  const definitions = document.definitions.map((definition) =>
    definition === operation ? { ...operation, variableDefinitions } : definition,
  )
  return { ...document, definitions }
}

function readMark(root: unknown): LiveMark | null {
  if (typeof root !== 'object' || root === null) return null
  const { [sequenceAlias]: sequence, [typeAlias]: type } = root as Record<string, unknown>
  return typeof sequence === 'number' ? { sequence, isProgress: type === 'PROGRESS' } : null
}
