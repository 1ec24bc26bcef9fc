import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createTemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { readConfined, runConfined } from './run-confined.ts'
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

it('a program is over when its time is, whatever has left its group with its pipes', async () => {
  await using directory = await createTemporaryDirectory()
  const path = join(directory.path, 'pid')
  const script = `setsid sh -c 'echo $$ > ${path}; exec sleep 600' & sleep 600`
  const strayPid = async () => Number(await readFile(path, 'utf8').catch(() => ''))
  const bounds = { timeoutMs: 600_000, maxBuffer: 1_000 }
  try {
    for (const run of [
      (signal: AbortSignal) => runConfined(shell, ['-c', script], { signal, ...bounds }),
      (signal: AbortSignal) => readConfined(shell, ['-c', script], signal, () => undefined),
    ]) {
      const ending = new AbortController()
      const reason = new Error('enough')
      const running = assert.rejects(run(ending.signal), reason)
      await waitUntil('it runs', async () => (await strayPid()) > 0)
      ending.abort(reason)
      await running
      process.kill(await strayPid(), 'SIGKILL')
      await rm(path)
    }
  } finally {
    const pid = await strayPid()
    if (pid > 0) process.kill(pid, 'SIGKILL')
  }
})
