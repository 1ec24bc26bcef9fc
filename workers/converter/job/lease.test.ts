import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { pino } from 'pino'
import { holdLease, type Lease, type LeaseLoss } from './lease.ts'

interface Beat {
  readonly number: number
  readonly progress: unknown
  readonly reply: PromiseWithResolvers<boolean>
}

describe('a lease', () => {
  let beats: Beat[]
  let lease: Lease
  let nowMs: number
  let losses: LeaseLoss[]
  let logged: { level: number; msg: string }[]
  const hold = (leaseMs = 30_000) =>
    holdLease({
      ledger: {
        beat(conversionId, leaseId, number, progress) {
          assert.deepEqual([conversionId, leaseId], ['conversion-1', 'lease-1'])
          const reply = Promise.withResolvers<boolean>()
          beats.push({ number, progress, reply })
          return reply.promise
        },
      },
      conversionId: 'conversion-1',
      leaseId: 'lease-1',
      leaseMs,
      log: pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) }),
      monotonicMs: () => nowMs,
      onLost: (cause) => void losses.push(cause),
    })
  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
    beats = []
    losses = []
    logged = []
    nowMs = 1_000_000
    lease = hold()
  })
  afterEach(() => mock.timers.reset())

  /** Lets time pass second by second, and every reply arrive. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      nowMs += 1_000
      mock.timers.tick(1_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const confirmNewest = () => beats.at(-1)!.reply.resolve(true)

  it('beats every 5 s, numbered, with the newest progress', async () => {
    await pass(4)
    assert.equal(beats.length, 0)
    lease.noteProgress({ percent: 10, speed: 1, etaMs: 9_000 })
    lease.noteProgress({ percent: 20, speed: 2, etaMs: 4_000 })
    await pass(1)
    confirmNewest()
    await pass(5)
    confirmNewest()
    assert.deepEqual(
      beats.map(({ number, progress }) => ({ number, progress })),
      [1, 2].map((number) => ({ number, progress: { percent: 20, speed: 2, etaMs: 4_000 } })),
    )
    await lease.stop()
  })

  it('holds for as long as beats are confirmed', async () => {
    for (let round = 0; round < 20; round += 1) {
      await pass(5)
      confirmNewest()
    }
    assert.equal(beats.length, 20)
    assert.equal(lease.lost.aborted, false)
    await lease.stop()
  })

  it('is lost at once when a beat is refused, and beats no more', async () => {
    await pass(5)
    beats[0]!.reply.resolve(false)
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    assert.deepEqual(losses, ['over'])
    assert.match(String(lease.lost.reason), /the conversion was cancelled, finished or taken by another/)
    // Its owner may do so: nobody is to be warned.
    assert.deepEqual(
      logged.map(({ level }) => level),
      [pino.levels.values['info']],
    )
    await pass(60)
    assert.equal(beats.length, 1)
    await lease.stop()
  })

  it('is lost 20 s after the last confirmed beat was sent, also while a beat hangs', async () => {
    await pass(5)
    confirmNewest()
    await pass(19)
    assert.equal(lease.lost.aborted, false)
    assert.equal(beats.length, 2, 'a hanging beat is not joined by others')
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    assert.deepEqual(losses, ['unproven'])
    assert.match(String(lease.lost.reason), /no beat of the conversion was confirmed for too long/)
    assert.equal(logged.at(-1)?.level, pino.levels.values['warn'])
    beats.at(-1)!.reply.resolve(true)
    await lease.stop()
  })

  it('is lost 20 s after the claim when no beat was ever confirmed', async () => {
    await pass(19)
    assert.equal(lease.lost.aborted, false)
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    beats[0]!.reply.resolve(false)
    await lease.stop()
  })

  it('beats and is lost sooner where another may take it sooner', async () => {
    await lease.stop()
    lease = hold(12_000)
    await pass(2)
    assert.equal(beats.length, 1)
    confirmNewest()
    await pass(7)
    assert.equal(lease.lost.aborted, false)
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    beats.at(-1)!.reply.resolve(true)
    await lease.stop()
  })

  it('survives beats that fail, as long as one is confirmed in time', async () => {
    for (let round = 0; round < 3; round += 1) {
      await pass(5)
      beats.at(-1)!.reply.reject(new Error('the database is away'))
    }
    await pass(4)
    assert.equal(lease.lost.aborted, false)
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    await lease.stop()
  })

  it('counts from when a beat was sent, not from when its reply came', async () => {
    await pass(5)
    await pass(10)
    beats[0]!.reply.resolve(true)
    await pass(1)
    // Sent at 5 s, confirmed at 15 s: it proves the lease until 25 s, and the next beat hangs.
    await pass(8)
    assert.equal(lease.lost.aborted, false)
    await pass(1)
    assert.equal(lease.lost.aborted, true)
    beats.at(-1)!.reply.resolve(true)
    await lease.stop()
  })

  it('is lost when the process was frozen for longer than a lease is proven', async () => {
    nowMs += 60_000
    mock.timers.tick(5_000)
    assert.equal(lease.lost.aborted, true)
    assert.equal(beats.length, 0)
    await lease.stop()
  })

  it('beats no more once it is stopped, waits for the beat on its way, and is not lost later', async () => {
    await pass(5)
    const order: string[] = []
    const stopping = lease.stop().then(() => order.push('stopped'))
    await pass(30)
    order.push('replied')
    beats[0]!.reply.resolve(true)
    await stopping
    await pass(60)
    assert.deepEqual(order, ['replied', 'stopped'])
    assert.equal(beats.length, 1)
    assert.equal(lease.lost.aborted, false)
  })
})
