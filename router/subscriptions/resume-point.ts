/**
 * Makes a live operation resumable: where its root field numbers its events and can start after a number, the number is
 * always asked for, and the operation can be written again so that it starts after the last event that came.
 */
import {
  getNamedType,
  isObjectType,
  Kind,
  parse,
  print,
  visit,
  type DocumentNode,
  type FieldNode,
  type FormattedExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'

/** The place of an event among the others. */
export interface EventMark {
  readonly sequence: number
  /** Whether a later event of its kind makes this one worthless. */
  readonly isProgress: boolean
}

export interface ResumableOperation {
  /** The operation, asking for the marks of its events as well. */
  readonly query: string
  /** The same, for the events after one. */
  after(sequence: number): string
  /** Null for an event that carries errors only. */
  markOf(event: FormattedExecutionResult): EventMark | null
}

/** Null for an operation whose events are not numbered: it can only start from the beginning again. */
export function resumable(query: string, schema: GraphQLSchema): ResumableOperation | null {
  const document = parse(query, { noLocation: true })
  const root = rootOf(document)
  if (root?.kind !== Kind.FIELD || !isNumbered(root, schema)) return null
  const selections = [...(root.selectionSet?.selections ?? []), ...marks]
  const marked: FieldNode = { ...root, selectionSet: { kind: Kind.SELECTION_SET, selections } }
  const key = root.alias?.value ?? root.name.value
  return {
    query: print(withRoot(document, marked)),
    after: (sequence) => print(withoutUnusedVariables(withRoot(document, startingAfter(marked, sequence)))),
    markOf: (event) => readMark(event.data?.[key]),
  }
}

function isNumbered(root: FieldNode, schema: GraphQLSchema): boolean {
  const field = schema.getSubscriptionType()?.getFields()[root.name.value]
  const type = field && getNamedType(field.type)
  const names = isObjectType(type) ? Object.keys(type.getFields()) : []
  return (
    ['sequence', 'type'].every((name) => names.includes(name)) &&
    field!.args.some(({ name }) => name === 'afterSequence')
  )
}

const operationOf = ({ definitions }: DocumentNode): OperationDefinitionNode | undefined =>
  definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
const rootOf = (document: DocumentNode) => operationOf(document)?.selectionSet.selections[0]

/** Under names no client would choose, since they stand among the client's own selections. */
const marks = operationOf(
  parse('{ earshotMarkSequence: sequence earshotMarkType: type }', { noLocation: true }),
)!.selectionSet.selections

function withRoot(document: DocumentNode, root: FieldNode): DocumentNode {
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, selectionSet: { ...node.selectionSet, selections: [root] } }),
  })
}

function startingAfter(root: FieldNode, sequence: number): FieldNode {
  const name = { kind: Kind.NAME, value: 'afterSequence' } as const
  const value = { kind: Kind.INT, value: String(sequence) } as const
  const others = root.arguments?.filter((argument) => argument.name.value !== name.value) ?? []
  return { ...root, arguments: [...others, { kind: Kind.ARGUMENT, name, value }] }
}

/** A variable that only the replaced argument used would make the operation invalid. */
function withoutUnusedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>()
  visit(document, { VariableDefinition: () => false, Variable: (node) => void used.add(node.name.value) })
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? false : null),
  })
}

function readMark(root: unknown): EventMark | null {
  if (typeof root !== 'object' || root === null) return null
  const { earshotMarkSequence: sequence, earshotMarkType: type } = root as Record<string, unknown>
  return typeof sequence === 'number' ? { sequence, isProgress: type === 'PROGRESS' } : null
}
