import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createCorePool, type CoreShare } from './core-pool.ts'

/** Pieces of work that end when told; `started` lists them in order. */
function createWork() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const { signal } = new AbortController()
  return {
    started,
    begin: (share: CoreShare, name: string, given: AbortSignal = signal) =>
      share.run(() => {
        started.push(name)
        return new Promise<void>((resolve) => ends.set(name, resolve))
      }, given),
    async end(name: string) {
      ends.get(name)!()
      await setImmediate()
    },
  }
}

describe('a core pool', () => {
  it('runs as many pieces of a job as there are cores, the next as soon as one is idle', async () => {
    const work = createWork()
    using share = createCorePool(2).join()
    const all = ['a', 'b', 'c'].map((name) => work.begin(share, name))
    await setImmediate()
    assert.deepEqual(work.started, ['a', 'b'])
    await work.end('b')
    assert.deepEqual(work.started, ['a', 'b', 'c'])
    await work.end('a')
    await work.end('c')
    await Promise.all(all)
  })

  it('lets no job wait behind another', async () => {
    const work = createWork()
    const pool = createCorePool(2)
    using long = pool.join()
    using short = pool.join()
    const all = ['long 1', 'long 2', 'long 3'].map((name) => work.begin(long, name))
    all.push(work.begin(short, 'short 1'), work.begin(short, 'short 2'))
    await setImmediate()
    assert.deepEqual(work.started, ['long 1', 'long 2', 'short 1'])
    await work.end('long 1')
    assert.equal(work.started.length, 3, 'two cores are busy still')
    await work.end('long 2')
    assert.deepEqual(work.started.slice(3), ['long 3'], 'the job with nothing running goes first')
    await work.end('short 1')
    assert.deepEqual(work.started.slice(4), ['short 2'])
    await work.end('short 2')
    await work.end('long 3')
    await Promise.all(all)
  })

  it('tells a job how many cores are idle, or else its fair part', async () => {
    const work = createWork()
    const pool = createCorePool(8)
    using first = pool.join()
    assert.equal(first.cores, 8)
    const all = Array.from({ length: 8 }, (_, index) => work.begin(first, `${index}`))
    await setImmediate()
    using second = pool.join()
    assert.equal(second.cores, 4)
    for (let index = 0; index < 6; index++) await work.end(`${index}`)
    assert.equal(second.cores, 6)
    await work.end('6')
    await work.end('7')
    await Promise.all(all)
  })

  it('gives an aborted piece its turn back', async () => {
    const work = createWork()
    using share = createCorePool(1).join()
    const stop = new AbortController()
    const running = work.begin(share, 'a')
    const waiting = work.begin(share, 'b', stop.signal)
    stop.abort(new Error('stopped'))
    await assert.rejects(waiting, /stopped/)
    const next = work.begin(share, 'c')
    await work.end('a')
    await running
    assert.deepEqual(work.started, ['a', 'c'])
    await work.end('c')
    await next
    await assert.rejects(work.begin(share, 'd', stop.signal), /stopped/)
  })

  it('frees the core of work that failed', async () => {
    using share = createCorePool(1).join()
    const { signal } = new AbortController()
    await assert.rejects(
      share.run(() => Promise.reject(new Error('failed')), signal),
      /failed/,
    )
    assert.equal(await share.run(() => Promise.resolve('well'), signal), 'well')
  })
})
