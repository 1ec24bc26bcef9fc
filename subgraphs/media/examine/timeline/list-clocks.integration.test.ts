import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placeBudget } from '#runtime/timeline/budget.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { ffprobePath } from '#test/harness/media-tools.ts'
import { createListClocks } from './list-clocks.ts'

const signal = new AbortController().signal

describe('a list of packets', () => {
  const listBy = (...command: [string, ...string[]]) => {
    const sandbox: Sandbox = { ...unconfined, confine: () => command }
    return createListClocks(ffprobePath, sandbox)('/no/such/file', 'USUAL', signal, placeBudget())
  }

  it('that a limit has ended is not taken for a whole one', async () => {
    const packets = 'for at in 0.0 0.5; do echo packet,audio,0,$at,$at; done; '
    const { clocks } = await listBy('/bin/sh', '-c', packets)
    assert.equal(clocks().get(0)?.lastSeconds, 0.5)
    await assert.rejects(listBy('/bin/sh', '-c', `${packets} kill -XCPU $$`), { code: 'CORRUPT_FILE' })
    await assert.rejects(listBy('/bin/sh', '-c', `${packets} exit 137`), { code: 'CORRUPT_FILE' })
  })

  it('that cannot be begun fails as this file alone', async () => {
    await assert.rejects(listBy('/no/such/program'), { code: 'ENOENT' })
  })
})
