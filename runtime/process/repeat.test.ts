import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pino } from 'pino'
import { repeat } from './repeat.ts'

const log = pino({ level: 'silent' })

/** Resolves when the task has run as often. */
function countedRuns() {
  let runs = 0
  const waiting = new Map<number, PromiseWithResolvers<void>>()
  const at = (count: number) => {
    const existing = waiting.get(count) ?? Promise.withResolvers<void>()
    waiting.set(count, existing)
    return existing
  }
  return { add: () => at(++runs).resolve(), reach: (count: number) => at(count).promise, runs: () => runs }
}

describe('a repeated task', () => {
  it('runs at once, and again and again', async () => {
    const counted = countedRuns()
    await using _ = repeat(async () => counted.add(), { name: 'count', everyMs: 1, log })
    await counted.reach(3)
  })

  it('goes on after a failure, and logs it', async () => {
    const lines: string[] = []
    const writing = pino({ base: null }, { write: (line: string) => void lines.push(line) })
    const counted = countedRuns()
    const task = async () => {
      counted.add()
      throw new Error('this time not')
    }
    await using _ = repeat(task, { name: 'count', everyMs: 1, log: writing })
    await counted.reach(2)
    assert.match(lines[0]!, /"task":"count".*a periodic task failed/)
  })

  it('never runs twice at once', async () => {
    const counted = countedRuns()
    let running = 0
    let most = 0
    const task = async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      counted.add()
    }
    await using _ = repeat(task, { name: 'count', everyMs: 0, log })
    await counted.reach(5)
    assert.equal(most, 1)
  })

  it('tells the run at hand to end when disposed of, waits for it, and does not run again', async () => {
    const counted = countedRuns()
    const order: string[] = []
    const repeated = repeat(
      async (signal) => {
        counted.add()
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        order.push('ended')
        throw signal.reason
      },
      { name: 'wait', everyMs: 0, log },
    )
    await counted.reach(1)
    await repeated[Symbol.asyncDispose]()
    order.push('disposed')
    assert.deepEqual(order, ['ended', 'disposed'])
    assert.equal(counted.runs(), 1)
  })

  it('does not wait out its pause when disposed of', async () => {
    const counted = countedRuns()
    const repeated = repeat(async () => counted.add(), { name: 'rare', everyMs: 3_600_000, log })
    await counted.reach(1)
    await repeated[Symbol.asyncDispose]()
  })
})
