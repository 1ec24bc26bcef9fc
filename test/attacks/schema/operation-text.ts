/** The text and the variables of an operation that asks for one field, and for all that it answers. */
import {
  getNamedType,
  isLeafType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputType,
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
  asked: AskedField,
  given: readonly Readonly<Record<string, unknown>>[],
  selection = selectAll(asked.steps.at(-1)!.type),
): Operation {
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  const fields = sayFields(asked, given, selection, ({ name, type }, value, index) => {
    variables[`${name}${index}`] = value
    declared.push(`$${name}${index}: ${String(type)}`)
    return `$${name}${index}`
  })
  const head = declared.length === 0 ? asked.operation : `${asked.operation} (${declared.join(', ')})`
  return { query: `${head} { ${fields} }`, variables }
}

/** The same without variables: each value stands in the text. */
export function inlineOperation(
  asked: AskedField,
  given: readonly Readonly<Record<string, unknown>>[],
  write: (value: unknown, type: GraphQLInputType) => string,
): Operation {
  const selection = selectAll(asked.steps.at(-1)!.type)
  const fields = sayFields(asked, given, selection, ({ type }, value) => write(value, type))
  return { query: `${asked.operation} { ${fields} }`, variables: {} }
}

function sayFields(
  { steps }: AskedField,
  given: readonly Readonly<Record<string, unknown>>[],
  selection: string,
  sayValue: (argument: GraphQLArgument, value: unknown, index: number) => string,
): string {
  const texts = steps.map((field, index) => {
    const args = field.args.filter(({ name }) => Object.hasOwn(given[index] ?? {}, name))
    const said = args.map(
      (argument) => `${argument.name}: ${sayValue(argument, given[index]![argument.name], index)}`,
    )
    return said.length === 0 ? field.name : `${field.name}(${said.join(', ')})`
  })
  return texts.reduceRight((inner, text) => (inner === '' ? text : `${text} { ${inner} }`), selection)
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
