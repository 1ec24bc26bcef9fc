import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { createOutbox } from './outbox.ts'

interface Owing {
  readonly id: string
  readonly version: number
}

/** Documents that owe one message each, and a broker that is away until it is brought back. */
function rig(...documents: Owing[]) {
  const owed = new Map(documents.map((document) => [document.id, document]))
  const published: string[] = []
  const state = { away: false }
  const outbox = createOutbox<Owing>({
    async *owing() {
      yield* [...owed.values()]
    },
    keyOf: ({ id, version }) => `${id}/${version}`,
    about: ({ id }) => ({ id }),
    async publish({ id }) {
      if (state.away) throw new Error('the broker is away')
      published.push(id)
      owed.delete(id)
    },
    log: pino({ level: 'silent' }),
  })
  return { outbox, owed, published, state }
}

const { signal } = new AbortController()
const a = { id: 'a', version: 1 }

describe('an outbox', () => {
  it('publishes at once, without holding up who wrote the document', async () => {
    const { outbox, published } = rig(a)
    outbox.announce(a)
    await outbox[Symbol.asyncDispose]()
    assert.deepEqual(published, ['a'])
  })

  it('still owes what could not be published, and throws nothing at who wrote the document', async () => {
    const { outbox, owed, state } = rig(a)
    state.away = true
    outbox.announce(a)
    await outbox[Symbol.asyncDispose]()
    assert.equal(owed.size, 1)
    await assert.rejects(outbox.announceNow(a))
  })

  it('is swept of what was owed in the sweep before too, and of nothing fresher', async () => {
    const { outbox, owed, published } = rig(a)
    await outbox.sweep(signal)
    owed.set('b', { id: 'b', version: 1 })
    assert.deepEqual(published, [])
    await outbox.sweep(signal)
    assert.deepEqual(published, ['a'])
    owed.set('b', { id: 'b', version: 2 })
    await outbox.sweep(signal)
    assert.deepEqual(published, ['a'])
    await outbox.sweep(signal)
    assert.deepEqual(published, ['a', 'b'])
  })
})
