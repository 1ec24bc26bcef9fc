/** One request of the fuzzer: who sends what, and by which way. */
import fc from 'fast-check'
import {
  getNamedType,
  isInputObjectType,
  isRequiredArgument,
  OperationTypeNode,
  type GraphQLInputType,
} from 'graphql'
import type { AskedField } from '#test/attacks/schema/asked-fields.ts'
import type { InputPlace } from '#test/attacks/schema/input-places.ts'
import { operationFor, type Operation } from '#test/attacks/schema/operation-text.ts'
import { validValue, type World } from '#test/attacks/schema/valid-input.ts'
import type { ValidValues } from './valid-values.ts'

export interface FuzzRequest {
  /** What was made of it, in words. */
  readonly what: string
  readonly asker: Asker | 'nobody' | 'forger'
  readonly way: 'http' | 'socket'
  /** JSON, or what is sent in its place. */
  readonly body: string
  /** Where the answer shows which fields there are. */
  readonly operation: OperationTypeNode | null
  /** Where a hostile value stands; null where none does, or an object above it is one. */
  readonly place: string | null
}

export interface FuzzSource {
  readonly fields: readonly AskedField[]
  readonly places: readonly InputPlace[]
  readonly valid: ValidValues
  readonly ids: readonly string[]
}

/** Some fields end the sessions, or the account, of whoever asks: not of who has things to ask for. */
export type Asker = 'own' | 'spender' | 'leaver'

const spending: Readonly<Record<string, Asker>> = {
  endAllSessions: 'spender',
  changePassword: 'spender',
  resetPassword: 'spender',
  deleteAccount: 'leaver',
}

export const askerOf = ({ name }: AskedField): Asker => spending[name] ?? 'own'

/** @param turn Which of several values is taken. */
export const worldAt =
  (valid: ValidValues, turn: number): World =>
  (name, parent) => {
    const values = valid(name, parent)
    return values[turn % values.length]
  }

/** @param everything Arguments that may be left out, too. */
export function validOperation(
  field: AskedField,
  valid: ValidValues,
  turn: number,
  everything: boolean,
): Operation {
  return operationFor(field, givenTo(field, worldAt(valid, turn), everything))
}

export const givenTo = ({ steps }: AskedField, world: World, everything: boolean) =>
  steps.map((step) =>
    Object.fromEntries(
      step.args
        .filter((argument) => everything || isRequiredArgument(argument))
        .map((argument) => [argument.name, validValue(argument, step.name, world)]),
    ),
  )

/** Who sends it, and how. */
export const route = {
  asker: fc.oneof(
    { weight: 6, arbitrary: fc.constant('rightful' as const) },
    fc.constantFrom('nobody' as const, 'forger' as const),
  ),
  way: fc.constantFrom('http' as const, 'http' as const, 'socket' as const),
}

export function requestOf(
  field: AskedField,
  what: string,
  body: string,
  { asker, way }: { readonly asker: 'rightful' | 'nobody' | 'forger'; readonly way: 'http' | 'socket' },
): FuzzRequest {
  const onSocket =
    asker === 'rightful' && (way === 'socket' || field.operation === OperationTypeNode.SUBSCRIPTION)
  return {
    what: `${what}: ${field.name}`,
    asker: asker === 'rightful' ? askerOf(field) : asker,
    way: onSocket ? 'socket' : 'http',
    body,
    operation: field.operation,
    place: null,
  }
}

/** Each check of a password takes its time: fields that have one come less often. */
export function mostlyQuick(fields: readonly AskedField[]): fc.Arbitrary<AskedField> {
  const isSlow = ({ steps }: AskedField) =>
    steps.some(({ args }) => args.some(({ type }) => takesPassword(type)))
  return fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...fields.filter((field) => !isSlow(field))) },
    { weight: 1, arbitrary: fc.constantFrom(...fields.filter(isSlow)) },
  )
}

function takesPassword(type: GraphQLInputType): boolean {
  const named = getNamedType(type)
  return isInputObjectType(named) && Object.keys(named.getFields()).some((name) => /password/i.test(name))
}
