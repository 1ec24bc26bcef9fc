/** Bounds what one execution of an operation gives out in lists: how many items a list has, no cost by the text alone can tell. */
import { defaultFieldResolver, isListType, isNonNullType, isObjectType } from 'graphql'
import type {
  GraphQLField,
  GraphQLFieldResolver,
  GraphQLOutputType,
  GraphQLResolveInfo,
  GraphQLSchema,
} from 'graphql'
import { DomainError } from '#runtime/domain-error.ts'

/** Changes the schema: each of its lists counts that clients can ask for. What is for our own processes alone comes whole. */
export function limitItems(schema: GraphQLSchema, mostItems: number): GraphQLSchema {
  /** By a thing that each execution has of its own: a subscription's events share their context. */
  const given = new WeakMap<GraphQLResolveInfo['variableValues'], number>()
  const count = (items: unknown, { variableValues }: GraphQLResolveInfo): unknown => {
    if (!Array.isArray(items)) return items
    const total = (given.get(variableValues) ?? 0) + items.length
    given.set(variableValues, total)
    if (total > mostItems) throw tooMany(mostItems)
    return items
  }
  const counted =
    (resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> =>
    (source, args, context, info) => {
      const items = resolve(source, args, context, info)
      return items instanceof Promise ? items.then((list: unknown) => count(list, info)) : count(items, info)
    }
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__'))
      for (const field of Object.values(type.getFields()))
        if (isList(field.type) && !isForOurOwn(field))
          field.resolve = counted(field.resolve ?? defaultFieldResolver)
  return schema
}

const isForOurOwn = ({ astNode }: GraphQLField<unknown, unknown>): boolean =>
  astNode?.directives?.some(({ name }) => name.value === 'inaccessible') ?? false

const isList = (type: GraphQLOutputType): boolean =>
  isListType(isNonNullType(type) ? (type.ofType as GraphQLOutputType) : type)

function tooMany(allowed: number): DomainError {
  const message = `The answer would have more than ${allowed} items in its lists. Ask for fewer at once.`
  return new DomainError('OPERATION_LIMIT_EXCEEDED', message, {
    details: { limit: 'items', allowed, actual: null },
  })
}
