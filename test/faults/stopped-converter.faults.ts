/** A converter that is frozen for longer than its lease lasts, and thaws into a world that went on without it. */
import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { signalGroup } from '#infra/local/owned-process.ts'
import { becomesTrue } from '#test/faults/becomes-true.ts'
import { testScenario } from '#test/faults/scenario.ts'
import { startScene } from '#test/faults/scene.ts'
import { makeTone } from '#test/harness/tone.ts'

/** A frozen worker's job is another's well before. */
const goneByMs = 60_000

testScenario('SIGSTOP of a converter past its lease', { faults: { short: 1, long: 10 } }, async (stops) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  const path = await makeTone(scene.directory, { minutes: 20 })
  for (let stop = 0; stop < stops; stop++) {
    for (let job = 0; job < 2; job++) await scene.order(path)
    const converter = scene.service(stop % 2 === 0 ? 'converter' : 'converter-2')
    while ((await scene.heldBy(converter)).length === 0) await delay(20)
    signalGroup(converter.pid!, 'SIGSTOP')
    const frozen = await scene.heldBy(converter)
    await scene.strike(frozen)
    const taken = async () => (await scene.heldBy(converter)).length === 0
    assert.ok(await becomesTrue(taken, goneByMs), 'the frozen worker lost its lease')
    signalGroup(converter.pid!, 'SIGCONT')
  }
  const verdict = await scene.judge()
  assert.ok(verdict.documents.every(({ status }) => status === 'SUCCEEDED'))
  assert.ok(verdict.documents.filter(({ crashes }) => crashes > 0).length >= stops)
  return verdict
})
