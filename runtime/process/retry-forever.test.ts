import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { retryForever } from './retry-forever.ts'

const log = pino({ level: 'silent' })
const never = new AbortController().signal

describe('a step that is retried for ever', () => {
  it('gives its result as soon as it succeeds', async () => {
    let tries = 0
    const step = async () => {
      if (++tries < 3) throw new Error('not yet')
      return 'there'
    }
    assert.equal(await retryForever('the step', step, log, never), 'there')
    assert.equal(tries, 3)
  })

  it('logs each failure with what it was about and the wait, which doubles up to 5 s', async () => {
    const waits: number[] = []
    const ending = new AbortController()
    const watching = pino({ base: null }, { write: note })
    const paused: number[] = []
    function note(line: string) {
      const { waitMs, msg } = JSON.parse(line) as { waitMs: number; msg: string }
      assert.equal(msg, 'the database failed; trying again')
      waits.push(waitMs)
      if (waits.length === 8) ending.abort(new Error('enough'))
    }
    const step = () => Promise.reject(new Error('away'))
    const pause = async (ms: number) => void paused.push(ms)
    await assert.rejects(retryForever('the database', step, watching, ending.signal, pause), /enough/)
    assert.deepEqual(waits, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000])
    assert.deepEqual(paused, waits)
  })

  it('does not begin under a signal that is over', async () => {
    const reason = new Error('enough')
    const step = async () => assert.fail('the step was taken')
    await assert.rejects(retryForever('the step', step, log, AbortSignal.abort(reason)), reason)
  })

  it('ends its pause with the reason of the signal', async () => {
    const ending = new AbortController()
    const reason = new Error('enough')
    const step = () => {
      setImmediate(() => ending.abort(reason))
      return Promise.reject(new Error('away'))
    }
    await assert.rejects(retryForever('the step', step, log, ending.signal), reason)
  })
})
