import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createPasswords } from './passwords.ts'

const cost = { memoryKib: 64, passes: 1 }
const { signal } = new AbortController()
const here = { network: 'here', addressBlock: 'here', signal }
/** As many askers, each from a network of its own. */
const crowd = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ network: `network-${n}`, addressBlock: 'block', signal }))

describe('passwords', () => {
  it('are checked a few at a time; few wait, and all others are told to come again', async () => {
    const passwords = await createPasswords({ cost, concurrency: 1, mostWaiting: 2 })
    const results = await Promise.allSettled(crowd(10).map((asker) => passwords.hash('some password', asker)))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 3)
    for (const result of results.slice(3)) {
      const { code, details } = (result as PromiseRejectedResult).reason as {
        code: string
        details: { retryAfterMs: number }
      }
      assert.equal(code, 'SERVICE_UNAVAILABLE')
      assert.ok(details.retryAfterMs > 0)
    }
    assert.match(await passwords.hash('after the crowd', here), /argon2id/)
  })

  it('make room for who comes from elsewhere, however many networks, or blocks of one, have filled the queue', async () => {
    for (const flooders of [
      ['a', 'b', 'c', 'd'].map((network) => ({ network, addressBlock: network, signal })),
      Array.from({ length: 20 }, (_, n) => ({ ...here, addressBlock: `block-${n}` })),
    ]) {
      const passwords = await createPasswords({ cost, concurrency: 1, mostWaiting: 8 })
      const ask = (asker: typeof here) => passwords.hash('some password', asker)
      const flood = Promise.allSettled(Array.from({ length: 10 }, () => flooders.map(ask)).flat())
      await Promise.all(crowd(4).map(ask))
      assert.equal((await flood).filter(({ status }) => status === 'fulfilled').length, 5)
    }
  })

  it('make room in a network for who comes from another block of it', async () => {
    const passwords = await createPasswords({ cost, concurrency: 1, mostWaiting: 8 })
    const flood = Promise.allSettled(Array.from({ length: 20 }, () => passwords.hash('flood', here)))
    const neighbours = ['a', 'b', 'c'].map((addressBlock) => ({ ...here, addressBlock }))
    await Promise.all(neighbours.map((asker) => passwords.hash('honest', asker)))
    assert.equal((await flood).filter(({ status }) => status === 'fulfilled').length, 6)
  })

  it('push nobody out who has no more waiting than who comes', async () => {
    const passwords = await createPasswords({ cost, concurrency: 1, mostWaiting: 2 })
    const first = crowd(3).map((asker) => passwords.hash('some password', asker))
    await assert.rejects(passwords.hash('some password', here), { code: 'SERVICE_UNAVAILABLE' })
    assert.equal((await Promise.allSettled(first)).filter(({ status }) => status === 'fulfilled').length, 3)
  })

  it('are not hashed for who has gone while waiting', async () => {
    const passwords = await createPasswords({ cost, concurrency: 1, mostWaiting: 2 })
    const gone = new AbortController()
    const first = passwords.hash('the first', here)
    const second = passwords.hash('the second', { ...here, signal: gone.signal })
    gone.abort(new Error('the client has gone'))
    await assert.rejects(second, /has gone/)
    // Their places are free.
    await Promise.all([first, ...crowd(2).map((asker) => passwords.hash('some password', asker))])
  })

  it('tell which hash was made at a lower cost', async () => {
    const [cheap, dear] = await Promise.all([
      createPasswords({ cost, mostWaiting: 2 }),
      createPasswords({ cost: { ...cost, passes: 2 }, mostWaiting: 2 }),
    ])
    const made = await cheap.hash('some password', here)
    assert.deepEqual([cheap.isOutdated(made), dear.isOutdated(made)], [false, true])
    assert.equal(await dear.matches('some password', made, here), true)
    assert.equal(await dear.matches('some password', null, here), false)
  })
})
