import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ProcessStatus } from '#infra/admin/read-metrics.ts'
import { checkClock } from './check-clocks.ts'
import { checkDisks, checkVersions } from './check-processes.ts'
import { checkAge, checkDeadLetters } from './check-queues.ts'
import { checkSandboxes } from './check-sandbox.ts'
import { checkSettings } from './check-settings.ts'

const process: ProcessStatus = {
  url: 'http://media:9090/metrics',
  problem: null,
  service: 'media',
  version: '1.0.0',
  sandbox: 'namespaces',
  slots: null,
  running: null,
  diskFreeBytes: 100e9,
  diskGrownBytes: 1e9,
}

describe('what the doctor thinks of', () => {
  it('a clock: it agrees, is apart, or so far that processes refuse each other', async () => {
    const nowMs = 1_000_000
    const stateOf = async (apartMs: number) => {
      const read = async () => ({ at: new Date(nowMs + apartMs), withinMs: 500 })
      return (await checkClock({ name: 'it', read }, () => nowMs)).state
    }
    for (const [apartMs, state] of [
      [-5_400, 'well'],
      [5_600, 'mind'],
      [-25_400, 'mind'],
      [26_000, 'failed'],
    ] as const)
      assert.equal(await stateOf(apartMs), state, `${apartMs} ms`)
  })

  it('a clock that was told after a while: what the answer took is not held against it', async () => {
    let nowMs = 0
    const read = async () => {
      nowMs = 20_000
      return { at: new Date(0), withinMs: 0 }
    }
    assert.equal((await checkClock({ name: 'it', read }, () => nowMs)).state, 'well')
  })

  it('disks: full, soon full at the pace of the last hour, or well', () => {
    const stateOf = (change: Partial<ProcessStatus>) => checkDisks([{ ...process, ...change }])[0]?.state
    assert.equal(stateOf({}), 'well')
    assert.equal(stateOf({ diskGrownBytes: 5e9 }), 'mind')
    assert.equal(stateOf({ diskFreeBytes: 1.9e9 }), 'failed')
    assert.equal(stateOf({ diskFreeBytes: null }), undefined)
  })

  it('versions that differ, and sandboxes that are weak', () => {
    const other = { ...process, version: '1.1.0', sandbox: 'none' }
    assert.equal(checkVersions([process, process])[0]?.state, 'well')
    assert.match(checkVersions([process, other])[0]!.text, /several: 1\.0\.0, 1\.1\.0/)
    assert.deepEqual(
      checkSandboxes([process, other, { ...process, sandbox: null }]).map(({ state }) => state),
      ['well', 'mind'],
    )
  })

  it('conversions that wait too long, and messages that were set aside', () => {
    const stateAfter = (ms: number) => checkAge({ id: 'x', createdAt: new Date(0) }, new Date(ms)).state
    assert.deepEqual([0, 299_000, 300_000, 3_600_000].map(stateAfter), ['well', 'well', 'mind', 'failed'])
    assert.equal(checkAge(null, new Date()).state, 'well')
    assert.equal(checkDeadLetters({ convert: 0 })[0]?.state, 'well')
    assert.match(checkDeadLetters({ convert: 2, mail: 0 })[0]!.text, /: 2 of convert$/)
  })

  it('settings that weaken it', () => {
    const found = checkSettings({ NODE_ENV: 'production', ALLOW_INSECURE: '1', FFMPEG_SANDBOX: 'weak' })
    assert.deepEqual(
      found.map(({ text }) => text.split(' ')[0]),
      ['ALLOW_INSECURE', 'FFMPEG_SANDBOX'],
    )
    assert.equal(checkSettings({ NODE_ENV: 'production', ALLOW_INSECURE: '0' })[0]?.state, 'well')
  })
})
