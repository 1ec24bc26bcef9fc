import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createChunkCache } from './chunk-cache.ts'

const turnOfTheLoop = () => new Promise(setImmediate)

function createRig() {
  const fetched: string[] = []
  const answers: (() => void)[] = []
  const read = createChunkCache((blobId) => {
    fetched.push(blobId)
    const { promise, resolve } = Promise.withResolvers<Uint8Array>()
    answers.push(() => resolve(Buffer.from(blobId)))
    return promise
  })
  const askAs = (network: string, blobId: string, signal = new AbortController().signal) => {
    const chunk = read(blobId, 0, { network, addressBlock: network, signal })
    chunk.catch(() => undefined)
    return chunk
  }
  const answerAll = async () => {
    for (const answer of answers.splice(0)) answer()
    await turnOfTheLoop()
    await turnOfTheLoop()
  }
  return { fetched, askAs, answerAll }
}

describe('chunks that many readers ask for', () => {
  it('are read a few at once, by turns of where the readers come from, and for nobody who has gone', async () => {
    const { fetched, askAs, answerAll } = createRig()
    const leaving = new AbortController()
    for (let n = 0; n < 100; n++) void askAs('greedy', `greedy ${n}`)
    const atOnce = fetched.length
    assert.ok(atOnce < 20)
    const left = askAs('gone', 'gone', leaving.signal)
    void askAs('honest', 'honest')
    leaving.abort(new Error('has gone'))
    await assert.rejects(left, /has gone/)
    await answerAll()
    assert.equal(fetched.length, 2 * atOnce)
    assert.ok(fetched.includes('honest'))
    while (fetched.length < 101) await answerAll()
    assert.ok(!fetched.includes('gone'))
  })

  it('are handed out a few at each turn of the event loop, where they are in memory, too', async () => {
    const { askAs, answerAll } = createRig()
    const first = askAs('a', 'popular')
    await answerAll()
    await first
    let had = 0
    for (let n = 0; n < 200; n++) void askAs(`network ${n}`, 'popular').then(() => had++)
    for (let turns = 1; had < 200; turns++) {
      await turnOfTheLoop()
      assert.ok(had <= turns * 20, `${had} after ${turns} turns`)
    }
  })

  it('are read once for all who wait for them', async () => {
    const { fetched, askAs, answerAll } = createRig()
    for (let n = 0; n < 30; n++) void askAs('greedy', `greedy ${n}`)
    const waiting = Array.from({ length: 5 }, (_, n) => askAs(`network ${n}`, 'popular'))
    for (let turns = 0; turns < 5; turns++) await answerAll()
    assert.deepEqual((await Promise.all(waiting)).map(String), Array(5).fill('popular'))
    assert.equal(fetched.filter((id) => id === 'popular').length, 1)
  })
})
