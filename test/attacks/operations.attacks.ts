/** Operations that cost more than they look: each is refused before it is planned, by a limit that its answer names. */
import { before, after, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { amount, reportAttack } from './report-attack.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'

describe('an operation that costs more than it looks', () => {
  let running: RunningSystem
  before(async () => {
    running = await startTestSystem({ limits: 'usual' })
  })
  after(() => running[Symbol.asyncDispose]())

  it('is refused when its fragments double at each level', async (t) => {
    const depth = amount(13, 20)
    const levels = Array.from({ length: depth }, (_, level) => level)
    const fragments = levels.map(
      (level) =>
        `fragment F${level} on User { a: conversions { edges { node { owner { ${next(level)} } } } } b: conversions { edges { node { owner { ${next(level)} } } } } }`,
    )
    const { status, codes } = await send(
      `{ me { ...F0 } } ${fragments.join(' ')} fragment F${depth} on User { id }`,
    )
    assert.deepEqual({ status, codes }, { status: 400, codes: ['OPERATION_LIMIT_EXCEEDED'] })
    await reportAttack(t, {
      attack: 'fragments that double the plan at each level',
      sent: 1,
      honestAnswers: null,
      honestLost: null,
      peakMemoryMb: null,
    })
  })

  async function send(
    query: string,
  ): Promise<{ readonly status: number; readonly codes: readonly string[] }> {
    const response = await fetch(new URL('/graphql', running.system.publicUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    const body = (await response.json()) as { errors?: readonly { extensions: { code: string } }[] }
    return { status: response.status, codes: (body.errors ?? []).map(({ extensions }) => extensions.code) }
  }
})

const next = (level: number) => `...F${level + 1}`
