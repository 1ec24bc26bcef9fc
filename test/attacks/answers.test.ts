import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAnswers } from './answers.ts'

describe('the answers of an honest user', () => {
  it('are lost while they have not come, and when they are errors', async () => {
    const answers = createAnswers()
    const late = Promise.withResolvers<void>()
    const waiting = answers.await('late', late.promise)
    await answers.await('in time', Promise.resolve())
    await assert.rejects(answers.await('error', Promise.reject(new Error('refused'))))
    assert.equal(answers.count, 3)
    assert.deepEqual(answers.lost(), ['late: waited for', 'error: Error: refused'])
    late.resolve()
    await waiting
    assert.deepEqual(answers.lost(), ['error: Error: refused'])
  })
})
