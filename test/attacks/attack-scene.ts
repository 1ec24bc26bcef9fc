/** A whole system with its usual limits, an honest user who works, and floods that come over both. */
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { createAnswers } from './answers.ts'
import { registerHonestUser } from './honest-user.ts'
import { assertWithinLimits, peaksOf } from './peak-memory.ts'
import { amount, reportAttack } from './report-attack.ts'
import { startFlood, type FloodOptions, type Outcomes } from './start-flood.ts'
import { watchMemory } from '#test/harness/process-memory.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

export interface FloodTest extends Omit<FloodOptions, 'origin' | 'network'> {
  /** In the words of the table. */
  readonly attack: string
}

export interface AttackScene extends AsyncDisposable {
  readonly running: RunningSystem
  readonly honestEmail: string
  /** Asserts that the honest user lost nothing and that no process passed its memory; resolves to what the flood met. */
  endure(t: TestContext, flood: FloodTest): Promise<Outcomes>
}

export async function startAttackScene(): Promise<AttackScene> {
  await using started = new AsyncDisposableStack()
  const running = started.use(await startTestSystem({ limits: 'usual' }))
  const { publicUrl: origin, services } = running.system
  const honest = await registerHonestUser(origin, await makeSample(running.directory, 'mp4-aac'))
  let network = 0
  const owned = started.move()
  return {
    running,
    honestEmail: honest.email,
    async endure(t, { attack, ...options }) {
      await using memory = watchMemory(new Map([...services].map(([name, { pid }]) => [name, pid!])))
      const answers = createAnswers()
      const flood = startFlood({ ...options, origin, network: ++network })
      await flood.begun
      const work = async () => {
        for (let round = 0; round < amount(1, 3); round++) await honest.work(answers)
      }
      // What went wrong stands in the answers.
      const worked = work().catch((error: unknown) =>
        t.diagnostic(`the honest user gave up: ${error as Error}`),
      )
      await Promise.race([worked, flood.over])
      const lost = answers.lost()
      flood.end()
      const outcomes = await flood.over
      await worked
      const use = memory.use()
      t.diagnostic(JSON.stringify({ ...outcomes, lost }))
      await reportAttack(t, {
        attack,
        sent: flood.sent,
        honestAnswers: answers.count,
        honestLost: lost.length,
        peakMemoryMb: peaksOf(use),
      })
      assert.deepEqual(lost, [])
      assertWithinLimits(use)
      return outcomes
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
