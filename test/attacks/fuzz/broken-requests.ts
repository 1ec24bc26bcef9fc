/** Requests that are broken: operations whose text was changed, and what is none. */
import fc from 'fast-check'
import {
  mostlyQuick,
  requestOf,
  route,
  validOperation,
  type FuzzRequest,
  type FuzzSource,
} from './fuzz-request.ts'
import { hostileTexts, wildValues } from './hostile-values.ts'
import { oddBodies, oddDocuments } from './odd-documents.ts'

/** A right operation whose text was cut, repeated in parts, or has something else in it. */
export function mangledRequests({ fields, valid }: FuzzSource): fc.Arbitrary<FuzzRequest> {
  const edit = fc.record({
    kind: fc.constantFrom('cut', 'insert', 'repeat'),
    at: fc.nat(2_000),
    length: fc.nat(40),
    text: fc.oneof(
      fc.constantFrom(...hostileTexts),
      fc.constantFrom('{', '}', '(', '@skip(if: $a)', '...', '"""', '#', '$', '!'),
    ),
  })
  return fc
    .record({
      ...route,
      field: mostlyQuick(fields),
      turn: fc.nat(20),
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
    })
    .map(({ field, turn, edits, ...how }) => {
      const { query, variables } = validOperation(field, valid, turn, true)
      const mangled = edits.reduce((text, { kind, at, length, text: inserted }) => {
        const start = at % (text.length + 1)
        const part = text.slice(start, start + length)
        const instead = { cut: '', insert: inserted + part, repeat: part + part }[kind]
        return text.slice(0, start) + instead + text.slice(start + length)
      }, query)
      return {
        ...requestOf(field, 'mangled', JSON.stringify({ query: mangled, variables }), how),
        operation: null,
      }
    })
}

/** No operation, or an odd one. */
export const oddRequests: fc.Arbitrary<FuzzRequest> = fc
  .record({
    way: route.way,
    body: fc.oneof(
      fc.constantFrom(...oddBodies),
      fc.constantFrom(...oddDocuments).map((query) => JSON.stringify({ query })),
      fc
        .record(
          {
            query: fc.oneof(fc.constantFrom(...oddDocuments), wildValues),
            variables: wildValues,
            operationName: wildValues,
            extensions: wildValues,
          },
          { requiredKeys: [] },
        )
        .map((body) => JSON.stringify(body)),
    ),
  })
  .map(({ way, body }) => ({
    what: 'odd',
    asker: 'own',
    // What is no JSON ends a WebSocket's message, too.
    way: way === 'socket' && isJson(body) ? 'socket' : 'http',
    body,
    operation: null,
    place: null,
  }))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
