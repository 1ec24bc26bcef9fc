import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createBackground } from './background.ts'

describe('work in the background', () => {
  it('is awaited at the end, also what is added by then', async () => {
    const background = createBackground()
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done: string[] = []
    const follow = async () => {
      await second.promise
      done.push('second')
    }
    background.add(
      first.promise.then(() => {
        done.push('first')
        background.add(follow())
      }),
    )
    const ended = background[Symbol.asyncDispose]().then(() => done.push('ended'))
    first.resolve()
    await first.promise
    second.resolve()
    await ended
    assert.deepEqual(done, ['first', 'second', 'ended'])
  })

  it('holds nothing up where there is none', async () => {
    await createBackground()[Symbol.asyncDispose]()
  })
})
