/** Operations that cost more than they look: each is refused before it is planned, by a limit that its answer names. */
import { before, after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { doublingFragments } from './doubling-fragments.ts'
import { amount, reportAlone } from './report-attack.ts'
import { createApiClient } from '#test/harness/api-client.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'

describe('an operation that costs more than it looks', () => {
  let running: RunningSystem
  before(async () => {
    running = await startTestSystem({ limits: 'usual' })
  })
  after(() => running[Symbol.asyncDispose]())

  it('is refused when its fragments double at each level', async (t) => {
    const api = createApiClient(running.system.publicUrl)
    const { httpStatus: status, errors = [] } = await api.ask(doublingFragments(amount(13, 20)))
    const codes = errors.map(({ extensions }) => extensions?.code)
    assert.deepEqual({ status, codes }, { status: 400, codes: ['OPERATION_LIMIT_EXCEEDED'] })
    await reportAlone(t, 'fragments that double the plan at each level', 1)
  })
})
