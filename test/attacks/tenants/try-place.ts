/** Sends each of the victim's identifiers in one place, and another of its form that names nothing. */
import { getNamedType, GraphQLScalarType, OperationTypeNode } from 'graphql'
import type { InputPlace } from '#test/attacks/schema/input-places.ts'
import { operationFor } from '#test/attacks/schema/operation-text.ts'
import { enumVariants, inputWith, validArguments } from '#test/attacks/schema/valid-input.ts'
import { toldBy } from './compare-answers.ts'
import type { Identifier } from './identifiers.ts'
import type { Stage } from './stage.ts'

export interface Found {
  readonly place: string
  readonly identifier: string
  readonly what: string
}

export interface Tried {
  readonly sent: number
  readonly told: readonly Found[]
}

/** Whether one of the identifiers could stand there, by the type of the place; of numbers, only those that count events. */
export function mayHold({ type, steps }: InputPlace, { value }: Identifier): boolean {
  if (!(type instanceof GraphQLScalarType) || type.name === 'Boolean') return false
  const isNumber = ['Int', 'SafeInt', 'Float'].includes(type.name)
  if (isNumber) return typeof value === 'number' && /sequence/i.test(steps.at(-1)!.name)
  return typeof value === 'string'
}

export async function tryPlace(
  stage: Stage,
  place: InputPlace,
  identifiers: readonly Identifier[],
  ways: readonly ('http' | 'socket')[],
): Promise<Tried> {
  const told: Found[] = []
  let sent = 0
  for (const identifier of identifiers)
    for (const way of ways)
      for (const extra of enumVariants(place.steps)) {
        const ask = async (value: string | number) => {
          const answer = await stage.ask[way](operationAt(stage, place, value, extra))
          if (changedPassword(answer)) stage.password = String(value)
          return { sent: value, answer }
        }
        const what = toldBy(await ask(identifier.value), await ask(identifier.unknown), stage.secrets)
        sent += 2
        if (what !== undefined) told.push({ place: place.name, identifier: identifier.name, what })
      }
  return { sent, told }
}

function operationAt(
  { world }: Stage,
  { field, steps }: InputPlace,
  value: string | number,
  extra: Readonly<Record<number, object>>,
) {
  const given = field.steps.map((step) => validArguments(step.args, '', world))
  given.at(-1)![steps[0].name] = inputWith(steps, value, world, extra)
  return operationFor(field, given)
}

const changedPassword = (answer: unknown) => JSON.stringify(answer).includes('"changePassword":{')

/** Where a client sends an operation of this kind. */
export const waysOf = ({ field, type }: InputPlace, everywhere: boolean): readonly ('http' | 'socket')[] => {
  if (field.operation === OperationTypeNode.SUBSCRIPTION) return ['socket']
  return everywhere || getNamedType(type).name === 'ID' ? ['http', 'socket'] : ['http']
}
