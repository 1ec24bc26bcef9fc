/** Every field of the schema that can be asked for with arguments, or at the root, and the way to it. */
import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  OperationTypeNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

type Field = GraphQLField<unknown, unknown>

export interface AskedField {
  readonly operation: OperationTypeNode
  /** From the root to the field itself, as `me` and `conversions`. */
  readonly steps: readonly [Field, ...Field[]]
  /** As `me.conversions`. */
  readonly name: string
}

/** All root fields, and each field below that takes arguments, by the shortest way; queries are looked through first. */
export function askedFields(schema: GraphQLSchema): readonly AskedField[] {
  const roots = Object.values(OperationTypeNode).flatMap((operation) =>
    fieldsOf(schema.getRootType(operation)).map((field) => ({
      operation,
      steps: [field] as const,
      name: field.name,
    })),
  )
  return [...roots, ...fieldsBelow(roots)]
}

/** Breadth first, each type once. What needs no arguments on its way comes before what does. */
function fieldsBelow(roots: readonly AskedField[]): AskedField[] {
  const found: AskedField[] = []
  const seen = new Set<GraphQLObjectType>()
  const easiestFirst = roots.toSorted((one, other) => required(one) - required(other))
  for (let level: AskedField[] = easiestFirst; level.length > 0;) {
    const next: AskedField[] = []
    for (const asked of level) {
      const type = getNamedType(asked.steps.at(-1)!.type)
      if (!isObjectType(type) || seen.has(type)) continue
      seen.add(type)
      for (const field of fieldsOf(type)) {
        const below: AskedField = {
          operation: asked.operation,
          steps: [...asked.steps, field],
          name: `${asked.name}.${field.name}`,
        }
        next.push(below)
        if (field.args.length > 0) found.push(below)
      }
    }
    level = next
  }
  return found
}

const required = ({ steps }: AskedField) => steps[0].args.filter(isRequiredArgument).length

export const fieldsOf = (type: GraphQLObjectType | null | undefined): readonly Field[] =>
  Object.values(type?.getFields() ?? {})
