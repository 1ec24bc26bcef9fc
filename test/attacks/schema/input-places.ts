/** Every place of the schema that takes a value from a client: each argument, and each field of each input object. */
import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLLeafType,
  type GraphQLSchema,
} from 'graphql'
import { askedFields, type AskedField } from './asked-fields.ts'

export interface InputPlace {
  /** As `startConversion.input.output.cover.uploadId`. */
  readonly name: string
  readonly field: AskedField
  /** The argument first, then the input objects' fields on the way down. */
  readonly steps: readonly [GraphQLArgument, ...GraphQLInputField[]]
  readonly type: GraphQLLeafType
}

export const inputPlaces = (schema: GraphQLSchema): readonly InputPlace[] =>
  askedFields(schema).flatMap((field) =>
    field.steps.at(-1)!.args.flatMap((argument) => placesIn(field, [argument])),
  )

function placesIn(field: AskedField, steps: InputPlace['steps']): readonly InputPlace[] {
  const type = getNamedType(steps.at(-1)!.type)
  if (isLeafType(type))
    return [{ name: [field.name, ...steps.map(({ name }) => name)].join('.'), field, steps, type }]
  if (!isInputObjectType(type)) return []
  if (steps.slice(0, -1).some((step) => getNamedType(step.type) === type)) return []
  return Object.values(type.getFields()).flatMap((inner) => placesIn(field, [...steps, inner]))
}
