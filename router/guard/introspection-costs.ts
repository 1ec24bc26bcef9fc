/** What introspection costs: nobody else says it, as its types are not in the schema's text. */
import {
  getNamedType,
  introspectionTypes,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { GraphQLOutputType } from 'graphql'
import type { FieldCost, ListSize } from './field-cost.ts'

/** The whole schema, as tools ask for it, then costs some 2,000: it takes as long as other operations that do. */
const weight = 0.05
/** As our schema has them. */
const sizes: Readonly<Record<string, number>> = {
  ...{ types: 150, directives: 15, fields: 10, args: 1 },
  ...{ inputFields: 5, enumValues: 6, interfaces: 1, possibleTypes: 1 },
}

const costOf = (name: string, type: GraphQLOutputType): FieldCost => ({
  weight: 0,
  itemWeight: isLeafType(getNamedType(type)) ? 0 : weight,
  type: getNamedType(type).name,
  listSize: isListType(isNonNullType(type) ? type.ofType : type) ? listOf(sizes[name] ?? 1) : null,
  argumentDefaults: {},
  takesPassword: false,
})

const listOf = (assumedSize: number): ListSize => ({ assumedSize, slicingArguments: [], sizedFields: [] })

/** By type and field. */
const ofTypes: ReadonlyMap<string, ReadonlyMap<string, FieldCost>> = new Map(
  introspectionTypes.filter(isObjectType).map((type) => {
    const fields = Object.values(type.getFields()) as readonly { name: string; type: GraphQLOutputType }[]
    return [type.name, new Map(fields.map((field) => [field.name, costOf(field.name, field.type)]))]
  }),
)

const entrance = (type: string): FieldCost => ({
  ...{ weight: 1, itemWeight: 0, type, listSize: null, argumentDefaults: {}, takesPassword: false },
})
/** Fields of the query's root. */
const entrances: ReadonlyMap<string, FieldCost> = new Map([
  ['__schema', entrance('__Schema')],
  ['__type', entrance('__Type')],
])

export const introspectionCost = (type: string, field: string): FieldCost | undefined =>
  entrances.get(field) ?? ofTypes.get(type)?.get(field)
