/** Input that the schema and the service take, made by type; a world of things that exist says what ids and secrets to use. */
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql'

export type Input = GraphQLArgument | GraphQLInputField

/** A valid value of a String or an ID of this name; undefined where any text will do. */
export type World = (name: string, parent: string) => string | undefined

export function validValue(input: Input, parent: string, world: World): unknown {
  return valueOf(input.type, input.name, parent, world)
}

function valueOf(type: GraphQLInputType, name: string, parent: string, world: World): unknown {
  const nullable = getNullableType(type)
  if (isListType(nullable)) return [valueOf(nullable.ofType, name, parent, world)]
  if (isInputObjectType(nullable)) return validObject(nullable, world)
  if (isEnumType(nullable)) return nullable.getValues()[0]!.name
  const values: Readonly<Record<string, unknown>> = { Boolean: true, Int: 1, Float: -1, SafeInt: 1_000 }
  return values[nullable.name] ?? world(name, parent) ?? 'something'
}

/** What must be given, and nothing else. */
export function validObject(type: GraphQLInputObjectType, world: World): Record<string, unknown> {
  const required = Object.values(type.getFields()).filter(isRequiredInputField)
  return Object.fromEntries(required.map((field) => [field.name, validValue(field, type.name, world)]))
}

export const validArguments = (inputs: readonly GraphQLArgument[], parent: string, world: World) =>
  Object.fromEntries(
    inputs.filter(isRequiredArgument).map((input) => [input.name, validValue(input, parent, world)]),
  )

/** Along the steps down to the value everything is given, and besides it what must be. @param extra Joined to the object at each of its levels. */
export function inputWith(
  steps: readonly [Input, ...Input[]],
  value: unknown,
  world: World,
  extra: Readonly<Record<number, object>> = {},
  level = 0,
): unknown {
  const [step, ...below] = steps
  const list = isListType(getNullableType(step.type))
  if (below.length === 0) return list ? [value] : value
  const type = getNamedType(step.type) as GraphQLInputObjectType
  const inner = inputWith(below as [Input, ...Input[]], value, world, extra, level + 1)
  const object = { ...validObject(type, world), ...extra[level], [below[0]!.name]: inner }
  return list ? [object] : object
}

/** Sets of values for enums beside the way down: the nearest level that has any, each of its values in turn, and none of them. */
export function enumVariants(
  steps: readonly [Input, ...Input[]],
): readonly Readonly<Record<number, object>>[] {
  for (let level = steps.length - 2; level >= 0; level--) {
    const type = getNamedType(steps[level]!.type) as GraphQLInputObjectType
    const enums = Object.values(type.getFields()).filter(
      (field) => isEnumType(getNullableType(field.type)) && field !== steps[level + 1],
    )
    const variants = enums.flatMap((field) => {
      const named = getNamedType(field.type)
      return isEnumType(named)
        ? named.getValues().map(({ name }) => ({ [level]: { [field.name]: name } }))
        : []
    })
    if (variants.length > 0) return [{}, ...variants]
  }
  return [{}]
}
