/** The text and the variables of an operation that asks for one field, and for all that it answers. */
import {
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql'
import { fieldsOf, type AskedField } from './asked-fields.ts'

export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** @param given The arguments of each step. @param selection What is asked of the last one; all of it unless given. */
export function operationFor(
  { operation, steps }: AskedField,
  given: readonly Readonly<Record<string, unknown>>[],
  selection = selectAll(steps.at(-1)!.type),
): Operation {
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  const texts = steps.map((field, index) => {
    const args = field.args.filter(({ name }) => Object.hasOwn(given[index] ?? {}, name))
    for (const { name, type } of args) {
      variables[`${name}${index}`] = given[index]![name]
      declared.push(`$${name}${index}: ${String(type)}`)
    }
    const said = args.map(({ name }) => `${name}: $${name}${index}`).join(', ')
    return said === '' ? field.name : `${field.name}(${said})`
  })
  const asked = texts.reduceRight((inner, text) => (inner === '' ? text : `${text} { ${inner} }`), selection)
  const head = declared.length === 0 ? operation : `${operation} (${declared.join(', ')})`
  return { query: `${head} { ${asked} }`, variables }
}

/** All fields below that take no arguments, as deep as they go; a type within itself ends it. Without braces; empty for a leaf. */
export function selectAll(type: GraphQLOutputType, within: readonly GraphQLNamedType[] = []): string {
  const named = getNamedType(type)
  if (isLeafType(named) || !isObjectType(named)) return ''
  const inner = fieldsOf(named).flatMap((field) => {
    const below = getNamedType(field.type)
    if (field.args.length > 0) return []
    if (isLeafType(below)) return [field.name]
    if (within.includes(below) || below === named) return []
    return [`${field.name} { ${selectAll(field.type, [...within, named])} }`]
  })
  return inner.join(' ')
}
