/** A value as it is written within an operation; what no literal can say comes out as a text that is no GraphQL. */
import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputType } from 'graphql'

const name = /^[_a-z]\w*$/i

/** @param type Says which texts are the names of enums, and which types the fields have. */
export function writeLiteral(value: unknown, type?: GraphQLInputType): string {
  const named = type && getNamedType(type)
  if (typeof value === 'string') return isEnumType(named) && name.test(value) ? value : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((item) => writeLiteral(item, named)).join(' ')}]`
  if (typeof value !== 'object' || value === null || isRaw(value)) return JSON.stringify(value) ?? 'null'
  const fields = isInputObjectType(named) ? named.getFields() : {}
  const written = Object.entries(value).map(([key, inner]) => {
    const known = Object.hasOwn(fields, key) ? fields[key]!.type : undefined
    return `${key}: ${writeLiteral(inner, known)}`
  })
  return `{${written.join(' ')}}`
}

const isRaw = (value: object) => (JSON as JSON & { isRawJSON(value: unknown): boolean }).isRawJSON(value)
