import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, it } from 'node:test'
import { runTogether } from './run-together.ts'

const { signal } = new AbortController()
const untilAborted = (either: AbortSignal) =>
  new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason as Error), { once: true })
  })

describe('work side by side', () => {
  it('gives its results in the order of the items, whichever is done first', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const running = runTogether(
      ['a', 'b'],
      async (item, index) => {
        await gates[index]!.promise
        return `${item}${index}`
      },
      signal,
    )
    gates[1]!.resolve()
    await nextTurn()
    gates[0]!.resolve()
    assert.deepEqual(await running, ['a0', 'b1'])
    assert.deepEqual(await runTogether([], () => Promise.reject(new Error('none to do')), signal), [])
  })

  it('is ended by the first failure, which is reported once nothing is left running', async () => {
    const [broken, cleanedUp] = [new Error('broken'), Promise.withResolvers<void>()]
    let running = 1
    let reported = false
    const all = runTogether(
      [0, 1],
      async (item, _, either) => {
        if (item === 1) throw broken
        await untilAborted(either).catch(() => cleanedUp.promise)
        running--
        throw new Error('a later failure')
      },
      signal,
    ).finally(() => (reported = true))
    all.catch(() => undefined)
    await nextTurn()
    assert.equal(reported, false)
    cleanedUp.resolve()
    await assert.rejects(all, broken)
    assert.equal(running, 0)
  })

  it('runs no more at once than it may, and starts none after a failure', async () => {
    const started: number[] = []
    let [now, most] = [0, 0]
    const work = async (item: number) => {
      started.push(item)
      most = Math.max(most, ++now)
      await nextTurn()
      now--
      if (item === 2) throw new Error('broken')
    }
    await assert.rejects(runTogether([0, 1, 2, 3, 4, 5], work, signal, 2), /broken/)
    assert.equal(most, 2)
    assert.ok(!started.includes(5), started.join())
  })

  it('ends with its signal’s reason, although the work says otherwise', async () => {
    const stop = new AbortController()
    const all = runTogether(
      [0, 1],
      (_item, _, either) => untilAborted(either).catch(() => Promise.reject(new Error('killed'))),
      stop.signal,
    )
    const reason = new Error('stopped')
    stop.abort(reason)
    await assert.rejects(all, reason)
    await assert.rejects(
      runTogether([0], () => assert.fail('started'), stop.signal),
      reason,
    )
  })
})
