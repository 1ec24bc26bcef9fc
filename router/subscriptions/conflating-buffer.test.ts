import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createConflatingBuffer } from './conflating-buffer.ts'

const isProgress = (value: string) => value.startsWith('progress')
const create = (capacity = 10) =>
  createConflatingBuffer<string>({
    isReplaceable: isProgress,
    capacity,
    overflow: () => new Error('too slow'),
  })

async function drain(buffer: ReturnType<typeof create>): Promise<string[]> {
  const values: string[] = []
  for (let next = await buffer.next(); !next.done; next = await buffer.next()) values.push(next.value)
  return values
}

describe('the conflating buffer', () => {
  it('keeps everything that matters and the newest of what replaces itself, in order', async () => {
    const buffer = create()
    for (const value of [
      'progress 1',
      'progress 2',
      'RUNNING',
      'progress 3',
      'SUCCEEDED',
      'progress 4',
      'progress 5',
    ]) {
      buffer.push(value)
    }
    buffer.end()
    assert.deepEqual(await drain(buffer), ['RUNNING', 'SUCCEEDED', 'progress 5'])
  })

  it('loses nothing to a consumer that keeps up', async () => {
    const buffer = create()
    for (const value of ['progress 1', 'progress 2']) {
      const next = buffer.next()
      buffer.push(value)
      assert.deepEqual(await next, { done: false, value })
    }
  })

  it('ends with what it was told, after the values that wait', async () => {
    const buffer = create()
    buffer.push('RUNNING')
    buffer.end(new Error('refused'))
    buffer.push('too late')
    assert.deepEqual(await buffer.next(), { done: false, value: 'RUNNING' })
    await assert.rejects(buffer.next(), /refused/)
    assert.equal((await buffer.next()).done, true)
  })

  it('ends a consumer that falls behind for good, rather than growing', async () => {
    const buffer = create(2)
    for (const value of ['1', '2', '3', '4']) buffer.push(value)
    assert.deepEqual([(await buffer.next()).value, (await buffer.next()).value], ['1', '2'])
    await assert.rejects(buffer.next(), /too slow/)
  })

  it('lets a waiting consumer go when it is discarded', async () => {
    const buffer = create()
    const next = buffer.next()
    buffer.discard()
    assert.equal((await next).done, true)
  })
})
