/** Floods of operations that cost more than they look, or that are too many. */
import { after, before, describe, it } from 'node:test'
import assert from 'node:assert/strict'
import { startAttackScene, type AttackScene } from './attack-scene.ts'
import { amount } from './report-attack.ts'

describe('while an honest user works, they lose no answer to a flood', () => {
  let scene: AttackScene
  before(async () => {
    scene = await startAttackScene()
  })
  after(() => scene[Symbol.asyncDispose]())

  it('of operations whose fragments double at each level', async (t) => {
    const met = await scene.endure(t, {
      attack: 'fragments that double the plan at each level, in a flood',
      program: 'operations',
      name: 'doubling fragments',
      least: amount(100, 5_000),
      mostTurns: 100_000,
    })
    assert.ok(met['400']! > 0)
  })
})
