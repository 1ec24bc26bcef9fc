/** The test of each flood of a program: all that an honest user asks for meanwhile is answered before the flood's last. */
import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { startAttackScene, type AttackScene } from '#test/attacks/attack-scene.ts'
import { amount } from '#test/attacks/report-attack.ts'

export interface Floods {
  /** A file of this folder. */
  readonly program: string
  /** The name of each flood in it, and of the attack in the words of the table. */
  readonly attacks: Readonly<Record<string, string>>
  /** What the floods need to know. */
  readonly prepare?: (scene: AttackScene) => Given | Promise<Given>
}

type Given = Readonly<Record<string, unknown>>

export function endureFloods({ program, attacks, prepare = () => ({}) }: Floods): void {
  describe('while an honest user works, no answer is lost and memory stays bounded under a flood of', () => {
    let scene: AttackScene
    let given: Given
    before(async () => {
      scene = await startAttackScene()
      given = await prepare(scene)
    })
    after(() => scene[Symbol.asyncDispose]())

    for (const [name, attack] of Object.entries(attacks))
      it(attack, async (t: TestContext) => {
        const flood = { program, name, attack, given, least: amount(24, 2_000), mostTurns: 5_000_000 }
        const met = await scene.endure(t, flood)
        assert.ok(Object.keys(met).length > 0)
      })
  })
}
