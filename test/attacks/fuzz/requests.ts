/** Requests made up from the schema: right ones, ones with a single value that is wrong, and broken ones. */
import fc from 'fast-check'
import { inlineOperation, operationFor } from '#test/attacks/schema/operation-text.ts'
import { enumVariants, inputWith, type Input } from '#test/attacks/schema/valid-input.ts'
import { outputOptionSamples } from '#schema/testing/output-option-samples.ts'
import { mangledRequests, oddRequests } from './broken-requests.ts'
import {
  givenTo,
  mostlyQuick,
  requestOf,
  route,
  validOperation,
  worldAt,
  type FuzzRequest,
  type FuzzSource,
} from './fuzz-request.ts'
import { hostileValues, wildValues } from './hostile-values.ts'
import { writeLiteral } from './write-literal.ts'

export function anyRequest(source: FuzzSource): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(
    { weight: 4, arbitrary: validRequests(source) },
    { weight: 9, arbitrary: hostileRequests(source) },
    { weight: 2, arbitrary: mangledRequests(source) },
    { weight: 1, arbitrary: oddRequests },
  )
}

function validRequests({ fields, valid }: FuzzSource): fc.Arbitrary<FuzzRequest> {
  const samples = Object.values(outputOptionSamples).flat()
  return fc
    .record({
      ...route,
      field: mostlyQuick(fields),
      turn: fc.nat(20),
      everything: fc.boolean(),
      output: fc.constantFrom(...samples),
    })
    .map(({ field, turn, everything, output, ...how }) => {
      const { query, variables } = validOperation(field, valid, turn, everything)
      const order = field.name === 'startConversion' && everything ? variables['input0'] : undefined
      if (order) Object.assign(order, { output })
      return requestOf(field, 'right', JSON.stringify({ query, variables }), how)
    })
}

/** One value is hostile, at one place; a leaf, or the objects above it. */
function hostileRequests({ places, valid, ids }: FuzzSource): fc.Arbitrary<FuzzRequest> {
  return fc.constantFrom(...places).chain((place) => {
    const { field, steps, type } = place
    return fc
      .record({
        ...route,
        depth: fc.constantFrom(
          steps.length,
          steps.length,
          steps.length,
          ...steps.keys().map((level) => level + 1),
        ),
        leaf: hostileValues(type, ids),
        node: wildValues,
        extra: fc.constantFrom(...enumVariants(steps)),
        inline: fc.boolean(),
        turn: fc.nat(20),
      })
      .map(({ depth, leaf, node, extra, inline, turn, ...how }) => {
        const world = worldAt(valid, turn)
        const given = givenTo(field, world, false)
        const way = steps.slice(0, depth) as [Input, ...Input[]]
        given.at(-1)![steps[0].name] = inputWith(way, depth === steps.length ? leaf : node, world, extra)
        const operation = inline ? inlineOperation(field, given, writeLiteral) : operationFor(field, given)
        const what = `hostile at ${way.map(({ name }) => name).join('.')}`
        const isLeaf = depth === steps.length && how.asker === 'rightful'
        return {
          ...requestOf(field, what, JSON.stringify(operation), how),
          place: isLeaf ? place.name : null,
        }
      })
  })
}
