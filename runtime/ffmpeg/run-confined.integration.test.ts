import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readConfined } from './run-confined.ts'
import { unconfined } from './sandbox.ts'

const shell = unconfined.confine('/bin/sh', { read: [], write: [] })
const never = new AbortController().signal

describe('a program whose lines are read', () => {
  const read = async (script: string, signal = never) => {
    const lines: string[] = []
    return { end: await readConfined(shell, ['-c', script], signal, (line) => lines.push(line)), lines }
  }

  it('gives them in order, and how it ended', async () => {
    assert.deepEqual(await read('echo one; echo two; exit 3'), { end: 3, lines: ['one', 'two'] })
    assert.deepEqual(await read('echo one; kill -9 $$'), { end: 'SIGKILL', lines: ['one'] })
  })

  it('and that cannot be started is an error of this run alone', async () => {
    await assert.rejects(
      readConfined(['/no/such/program'], [], never, () => undefined),
      { code: 'ENOENT' },
    )
  })

  it('is ended with all that it has started, for the reason that the signal gives', async () => {
    const ending = new AbortController()
    const reason = new Error('enough')
    const reading = readConfined(shell, ['-c', 'sleep 600 & echo started; wait'], ending.signal, () =>
      ending.abort(reason),
    )
    await assert.rejects(reading, reason)
  })
})
