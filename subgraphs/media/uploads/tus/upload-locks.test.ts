import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { TusRefusal } from './tus-refusal.ts'
import { createUploadLocks } from './upload-locks.ts'

const isLocked = (error: unknown) => error instanceof TusRefusal && error.status_code === 423

function createRig() {
  const locks = createUploadLocks(1_000)
  return (id = 'upload') => {
    const gone = new AbortController()
    const requestRelease = mock.fn(() => undefined)
    const { lock, unlock } = locks.newLock(id)
    const state = { has: false }
    const locked = lock(gone.signal, requestRelease).then(() => void (state.has = true))
    locked.catch(() => undefined)
    return { state, locked, unlock, gone, requestRelease }
  }
}

const turnOfTheLoop = () => new Promise(setImmediate)

describe('the lock of an upload', () => {
  it('is had by one request at a time, and by who waits when it is let go', async () => {
    const ask = createRig()
    const first = ask()
    const other = ask('another upload')
    await Promise.all([first.locked, other.locked])
    const second = ask()
    await turnOfTheLoop()
    assert.equal(second.state.has, false)
    await first.unlock()
    const third = ask()
    await second.locked
    await turnOfTheLoop()
    assert.equal(third.state.has, false)
    await second.unlock()
    await third.locked
    await third.unlock()
    await ask().locked
  })

  it('is asked for once by who waits, and not at every turn of the event loop', async () => {
    const ask = createRig()
    const { locked, requestRelease } = ask()
    await locked
    assert.equal(requestRelease.mock.callCount(), 0)
    const waiting = ask()
    for (let turns = 0; turns < 20; turns++) await turnOfTheLoop()
    assert.equal(requestRelease.mock.callCount(), 1)
    waiting.gone.abort()
  })

  it('is waited for by the last who came alone', async () => {
    const ask = createRig()
    const first = ask()
    const others = Array.from({ length: 100 }, () => ask())
    const last = others.pop()!
    for (const { locked } of others) await assert.rejects(locked, isLocked)
    await first.unlock()
    await last.locked
  })

  it('is not given to who has gone, and not waited for without end', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const ask = createRig()
    const first = ask()
    const gone = ask()
    gone.gone.abort()
    await assert.rejects(gone.locked, isLocked)
    const late = ask()
    t.mock.timers.tick(1_000)
    await assert.rejects(late.locked, isLocked)
    await first.unlock()
    await ask().locked
  })
})
