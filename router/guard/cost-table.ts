/**
 * What each field of the schema costs, read from the directives of the composed schema: `@cost` and `@listSize` of IBM's cost
 * specification (https://ibm.github.io/graphql-specs/cost-spec.html), as Apollo's federation spells them.
 */
import type { ApolloGateway } from '@apollo/gateway'
import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql'
import type { FieldCost, ListSize } from './field-cost.ts'
import { introspectionCost } from './introspection-costs.ts'

export interface CostTable {
  readonly roots: Readonly<Record<'query' | 'mutation' | 'subscription', string>>
  field(type: string, field: string): FieldCost | undefined
}

/** A list that nobody has given a size. A test keeps the schema from having any. */
const unknownListSize = 100

/** Of the schema that is in force; to be called before the gateway loads its first. */
export function costTableOf(gateway: Pick<ApolloGateway, 'onSchemaLoadOrUpdate'>): () => CostTable {
  let table: CostTable | undefined
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => void (table = readCostTable(coreSupergraphSdl)))
  return () => {
    if (table === undefined) throw new Error('an operation came before the schema was loaded')
    return table
  }
}

/** @param supergraphSdl As the gateway gets it. */
export function readCostTable(supergraphSdl: string): CostTable {
  const { definitions } = parse(supergraphSdl, { noLocation: true })
  const objects = definitions.filter((node) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
  const leaves = new Set([
    ...['String', 'Int', 'Float', 'Boolean', 'ID'],
    ...definitions
      .filter(({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION)
      .map((node) => ('name' in node && node.name ? node.name.value : '')),
  ])
  const withPassword = new Set(
    definitions
      .filter((node) => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      .filter(({ fields }) => fields?.some(({ name }) => /password/i.test(name.value)))
      .map(({ name }) => name.value),
  )
  const types = new Map(objects.map((node) => [node.name.value, fieldCosts(node, leaves, withPassword)]))
  return {
    roots: { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' },
    field: (type, field) => types.get(type)?.get(field) ?? introspectionCost(type, field),
  }
}

function fieldCosts(
  { fields = [] }: ObjectTypeDefinitionNode,
  leaves: ReadonlySet<string>,
  withPassword: ReadonlySet<string>,
): ReadonlyMap<string, FieldCost> {
  return new Map(
    fields.map((field) => {
      const type = namedType(field.type)
      return [
        field.name.value,
        {
          ...weightsOf(field, leaves.has(type)),
          type,
          listSize: listSizeOf(field),
          argumentDefaults: Object.fromEntries(
            (field.arguments ?? []).map(({ name, defaultValue }) => [
              name.value,
              defaultValue && valueFromASTUntyped(defaultValue),
            ]),
          ),
          takesPassword: (field.arguments ?? []).some((argument) =>
            withPassword.has(namedType(argument.type)),
          ),
        },
      ] as const
    }),
  )
}

/** An object costs 1, a leaf nothing. A field's own cost stands for the object that it gives, but not for those of a list. */
function weightsOf(field: FieldDefinitionNode, isLeaf: boolean): Pick<FieldCost, 'weight' | 'itemWeight'> {
  const { weight } = argumentsOf(field, 'cost')
  const itemWeight = isLeaf ? 0 : 1
  if (typeof weight !== 'number') return { weight: 0, itemWeight }
  return { weight, itemWeight: isList(field.type) ? itemWeight : 0 }
}

function listSizeOf(field: FieldDefinitionNode): ListSize | null {
  const { assumedSize, slicingArguments, sizedFields } = argumentsOf(field, 'listSize')
  if (!isList(field.type) && slicingArguments === undefined) return null
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : unknownListSize,
    slicingArguments: Array.isArray(slicingArguments) ? slicingArguments.map(String) : [],
    sizedFields: Array.isArray(sizedFields) ? sizedFields.map(String) : [],
  }
}

/** The arguments of a field's directive, whatever prefix composition has put before its name. */
function argumentsOf({ directives = [] }: FieldDefinitionNode, name: string): Record<string, unknown> {
  const isNamed = (directive: ConstDirectiveNode) => directive.name.value.replace(/^.*__/, '') === name
  const found = directives.find(isNamed)
  return Object.fromEntries(
    (found?.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  )
}

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
