import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { startAll } from './start-all.ts'

describe('starting side by side', () => {
  it('takes down what has started when one fails, and tells the others to give up', async () => {
    const broken = new Error('broken')
    const has = { ended: false }
    const first = { [Symbol.asyncDispose]: async () => void (has.ended = true) }
    const givesUp = async (signal: AbortSignal): Promise<AsyncDisposable> => {
      await once(signal, 'abort')
      throw new Error('given up')
    }
    const starters = [() => Promise.resolve(first), () => Promise.reject(broken), givesUp]
    await assert.rejects(startAll(starters), broken)
    assert.equal(has.ended, true)
  })

  it('takes down what has started when it is told to end', async () => {
    const ending = new AbortController()
    const has = { ended: false }
    const started = { [Symbol.asyncDispose]: async () => void (has.ended = true) }
    const reason = new Error('interrupted')
    const starting = startAll([async () => (ending.abort(reason), started)], ending.signal)
    await assert.rejects(starting, reason)
    assert.equal(has.ended, true)
  })

  it('gives what has started, in the order of the starters', async () => {
    const [one, two] = [new AsyncDisposableStack(), new AsyncDisposableStack()]
    assert.deepEqual(await startAll([async () => one, async () => two]), [one, two])
  })
})
