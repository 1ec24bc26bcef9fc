/** Waiting ends: with the answer, with a word on what did not come, or when it is told to. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { waitUntil } from './wait-until.ts'

const shortly = { withinMs: 20, everyMs: 1 }

describe('waiting until something is so', () => {
  it('ends with the first answer, whatever was said and thrown before', async () => {
    const answers = [false, null, undefined, new Error('not there'), 0]
    const answer = await waitUntil(
      'there is a number',
      () => {
        const next = answers.shift()
        if (next instanceof Error) throw next
        return next
      },
      { everyMs: 0 },
    )
    assert.equal(answer, 0)
  })

  it('gives up with what it waited for, and the last error as the cause', async () => {
    const refused = new Error('connection refused')
    await assert.rejects(
      waitUntil('the server answers', () => Promise.reject(refused), shortly),
      {
        message: 'gave up waiting until the server answers, after 0.02 s',
        cause: refused,
      },
    )
  })

  // A timeout holds no process: the probe that hangs for ever must not be all there is.
  it('does not hang with a probe that does', async () => {
    const alive = setInterval(() => undefined, 1_000)
    const hangs = () => new Promise<true>(() => undefined)
    await assert.rejects(waitUntil('it answers', hangs, shortly), /gave up waiting until it answers/)
    clearInterval(alive)
  })

  it('ends with the reason of the signal', async () => {
    const reason = new Error('interrupted')
    const ending = new AbortController()
    const waiting = waitUntil('it comes', () => ending.abort(reason), { signal: ending.signal })
    await assert.rejects(waiting, reason)
  })
})
