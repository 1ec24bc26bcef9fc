import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { conditionalRootError } from './conditional-root.ts'

const isRefused = (query: unknown) => conditionalRootError(query) !== null

describe('a subscription whose root field is conditional', () => {
  it('is refused, wherever the condition stands', () => {
    const field = 'updated(id: "1")'
    const fragment = `fragment F on Subscription { ${field} @skip(if: $x) { sequence } }`
    assert.ok(isRefused(`subscription($x: Boolean!) { ${field} @include(if: $x) { sequence } }`))
    assert.ok(isRefused(`subscription($x: Boolean!) { ... @skip(if: $x) { ${field} { sequence } } }`))
    assert.ok(isRefused(`subscription($x: Boolean!) { ...F } ${fragment}`))
    assert.ok(isRefused(`subscription { ${field} @include(if: true) { sequence } }`))
  })

  it('is not what has its condition further inside, or in another operation', () => {
    const inside = 'updated(id: "1") { sequence @skip(if: $x) }'
    assert.ok(!isRefused(`subscription($x: Boolean!) { ${inside} }`))
    assert.ok(!isRefused('query($x: Boolean!) { subscription @skip(if: $x) }'))
  })

  it('is not for this to find in what GraphQL cannot parse, or knows to be a circle', () => {
    assert.ok(!isRefused('subscription { updated @skip(if: '))
    assert.ok(!isRefused('subscription { ...F } fragment F on Subscription { ...F } { a @skip(if: true) }'))
    assert.ok(!isRefused(undefined))
  })
})
