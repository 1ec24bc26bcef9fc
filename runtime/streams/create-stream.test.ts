/** A stream is what its generator yields, and ends when either side wants it to. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createStream } from './create-stream.ts'

const never = new Promise<never>(() => undefined)
const done = { done: true, value: undefined }

describe('a stream', () => {
  it('gives what its generator yields, and then tells it that the stream has ended', async () => {
    let ended: AbortSignal | undefined
    const stream = createStream<number>(async function* (signal) {
      ended = signal
      yield 1
      yield 2
    })
    assert.deepEqual(await Array.fromAsync(stream), [1, 2])
    assert.equal(ended?.aborted, true)
  })

  it('ends at once when its consumer leaves, though the generator waits', async () => {
    let isHeld = true
    const stream = createStream<number>(async function* (ended) {
      ended.addEventListener('abort', () => (isHeld = false))
      yield 1
      yield await never
    })
    assert.deepEqual(await stream.next(), { done: false, value: 1 })
    const waiting = stream.next()
    assert.deepEqual(await stream.return(), done)
    assert.equal(isHeld, false)
    assert.deepEqual(await waiting, done)
    assert.deepEqual(await stream.next(), done)
  })

  it('ends with the signal it is given', async () => {
    const ending = new AbortController()
    const stream = createStream<number>(async function* () {
      yield await never
    }, ending.signal)
    const waiting = stream.next()
    ending.abort()
    assert.deepEqual(await waiting, done)
  })

  it('ends with the error of its generator, which is thrown once', async () => {
    const broken = new Error('broken')
    const stream = createStream<number>(async function* () {
      yield 1
      throw broken
    })
    await stream.next()
    await assert.rejects(stream.next(), broken)
    assert.deepEqual(await stream.next(), done)
  })

  it('says nothing of an error that comes after its consumer has left', async () => {
    const failing = Promise.withResolvers<number>()
    const stream = createStream<number>(async function* () {
      yield await failing.promise
    })
    const waiting = stream.next()
    await stream.return()
    failing.reject(new Error('too late'))
    assert.deepEqual(await waiting, done)
  })
})
