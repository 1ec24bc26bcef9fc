/** A converter is frozen for longer than its lease lasts, and goes on after another converter took its job. */
import assert from 'node:assert/strict'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { signalGroup } from '#infra/local/processes/owned-process.ts'
import type { Service } from '#infra/local/system/service.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { testScenario } from './scenario.ts'
import { startScene, type Scene } from './scene.ts'
import { makeTone } from '#test/harness/tone.ts'

/** Another worker takes a frozen worker's job well before. */
const goneByMs = 180_000

testScenario('SIGSTOP of a converter past its lease', { faults: { short: 1, long: 10 } }, async (stops) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  const path = await makeTone(scene.directory, { minutes: 5 })
  for (let stop = 0; stop < stops; stop++) {
    const converter = scene.service(stop % 2 === 0 ? 'converter' : 'converter-2')
    const frozen = await freezeAtWork(scene, converter, path)
    await scene.strike(frozen)
    const taken = async () => (await scene.heldBy(converter)).length === 0
    await waitUntil('the frozen worker has lost its lease', taken, { withinMs: goneByMs })
    signalGroup(converter.pid!, 'SIGCONT')
    // The same job must not be caught five times: it would be given up.
    await Promise.all(frozen.map(({ _id }) => scene.finished(_id)))
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  const crashes = verdict.documents.reduce((sum, document) => sum + document.crashes, 0)
  assert.ok(crashes >= stops, 'each stop cost a lease')
  return verdict
})

/** Orders until the converter is caught with a job in its hands; resolves to what it holds. */
async function freezeAtWork(
  scene: Scene,
  converter: Service,
  path: string,
): Promise<readonly ConversionDocument[]> {
  for (;;) {
    const orders = await Promise.all([1, 2].map(() => scene.order(path)))
    let over = false
    const end = () => void (over = true)
    Promise.all(orders.map((id) => scene.finished(id))).then(end, end)
    const isCaught = async () => over || (await scene.heldBy(converter)).length > 0
    await waitUntil('the converter has a job, or the orders are over', isCaught, {
      withinMs: 120_000,
      everyMs: 20,
    })
    signalGroup(converter.pid!, 'SIGSTOP')
    const held = await scene.heldBy(converter)
    if (held.length > 0) return held
    signalGroup(converter.pid!, 'SIGCONT')
  }
}
