import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createConflatingQueue } from './conflating-queue.ts'

const isProgress = (value: string) => value.startsWith('progress')
const create = (capacity = 10) =>
  createConflatingQueue<string>({
    isReplaceable: isProgress,
    capacity,
    overflow: () => new Error('too slow'),
  })

describe('the conflating queue', () => {
  it('keeps everything that matters and the newest of what replaces itself, in order', async () => {
    const queue = create()
    for (const value of [
      'progress 1',
      'progress 2',
      'RUNNING',
      'progress 3',
      'SUCCEEDED',
      'progress 4',
      'progress 5',
    ]) {
      queue.push(value)
    }
    queue.end()
    assert.deepEqual(await Array.fromAsync(queue.values()), ['RUNNING', 'SUCCEEDED', 'progress 5'])
  })

  it('loses nothing to a consumer that keeps up', async () => {
    const queue = create()
    const values = queue.values()
    for (const value of ['progress 1', 'progress 2']) {
      const next = values.next()
      queue.push(value)
      assert.deepEqual(await next, { done: false, value })
    }
  })

  it('ends with what it was told, after the values that wait', async () => {
    const queue = create()
    queue.push('RUNNING')
    queue.end(new Error('refused'))
    queue.push('too late')
    const values = queue.values()
    assert.deepEqual(await values.next(), { done: false, value: 'RUNNING' })
    await assert.rejects(values.next(), /refused/)
    assert.equal((await values.next()).done, true)
  })

  it('ends a consumer that falls behind for good, rather than growing', async () => {
    const queue = create(2)
    for (const value of ['1', '2', '3', '4']) queue.push(value)
    const values = queue.values()
    assert.deepEqual([(await values.next()).value, (await values.next()).value], ['1', '2'])
    await assert.rejects(values.next(), /too slow/)
  })
})
