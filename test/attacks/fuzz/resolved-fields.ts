/** Counts which fields of the schema have been answered, and not by an error. */
import {
  getNamedType,
  isObjectType,
  OperationTypeNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

export interface ResolvedFields {
  /** @param data Of an answer in which no field has another name than its own. */
  note(operation: OperationTypeNode, answer: { readonly data?: unknown; readonly errors?: unknown }): void
  /** As `Conversion.status`, sorted. */
  missing(): readonly string[]
}

/** A null counts where it is an answer: where no error is about it. */
export function countResolvedFields(schema: GraphQLSchema): ResolvedFields {
  const seen = new Set<string>()
  const walk = (value: unknown, type: GraphQLNamedType, path: string, failed: ReadonlySet<string>): void => {
    if (Array.isArray(value))
      value.forEach((item: unknown, index) => walk(item, type, `${path}.${index}`, failed))
    else if (isObjectType(type) && typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) {
        const field = type.getFields()[name]
        if (field === undefined || failed.has(`${path}.${name}`)) continue
        seen.add(`${type.name}.${name}`)
        walk(inner, getNamedType(field.type), `${path}.${name}`, failed)
      }
  }
  return {
    note: (operation, { data, errors }) => walk(data, schema.getRootType(operation)!, '', pathsOf(errors)),
    missing: () =>
      Object.values(schema.getTypeMap())
        .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
        .flatMap((type) =>
          isObjectType(type) ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`) : [],
        )
        .filter((name) => !seen.has(name))
        .toSorted(),
  }
}

const pathsOf = (errors: unknown): ReadonlySet<string> =>
  new Set(
    (Array.isArray(errors) ? errors : []).map(({ path }: { path?: readonly (string | number)[] }) =>
      ['', ...(path ?? [])].join('.'),
    ),
  )
