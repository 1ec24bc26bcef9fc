import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'graphql'
import { placeError } from './place-errors.ts'

const text = `query One { me { id } }
query Two {
  first: me { ...Rest }
  first: me { pages(first: 5) { edges { node { mail { sentAt } } } } }
}
fragment Rest on User { pages(first: 5) {
  ... on Page { edges { node { mail { reason } } } } } }`

const asked = { document: parse(text), operationName: 'Two', contextValue: { requestId: 'request-1' } }
const place = (path?: (string | number)[]) =>
  placeError({ message: 'no', locations: [{ line: 9, column: 9 }], ...(path && { path }) }, asked)

describe('the place of an error', () => {
  it('is where the client asks for the field, by its alias and through fragments, each time', () => {
    assert.deepEqual(place(['first']).locations, [
      { line: 3, column: 3 },
      { line: 4, column: 3 },
    ])
    assert.deepEqual(place(['first', 'pages', 'edges', 3, 'node', 'mail', 'reason']).locations, [
      { line: 7, column: 39 },
    ])
  })

  it('is none where no field of the text is meant, and stays where the text itself was read', () => {
    assert.equal(place(['me']).locations, undefined)
    assert.deepEqual(place().locations, [{ line: 9, column: 9 }])
  })

  it('comes with the id of the request', () => {
    assert.deepEqual(place(['first']).extensions, { requestId: 'request-1' })
  })
})
