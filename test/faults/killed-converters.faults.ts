/** Converters die at random moments; nothing accepted is lost, nothing happens twice. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { testScenario } from '#test/faults/scenario.ts'
import { startScene } from '#test/faults/scene.ts'
import { makeTone } from '#test/harness/tone.ts'

/** At the fifth crash a conversion is given up: see poison-file.faults.ts. */
const mostCrashes = 4

testScenario('kill -9 of a converter', { faults: { short: 10, long: 200 } }, async (kills, say) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  const path = await makeTone(scene.directory, { minutes: 3 })
  const ordering = (async () => {
    for (let job = 0; job < Math.max(8, kills); job++) await scene.order(path)
  })()
  for (let kill = 0; kill < kills; kill++) {
    const converter = scene.service(kill % 2 === 0 ? 'converter' : 'converter-2')
    let held: readonly ConversionDocument[]
    do {
      // When a worker dies is what the test is about: any moment will do.
      await delay(randomInt(200, 2_500))
      held = await scene.heldBy(converter)
    } while (held.some(({ crashes }) => crashes >= mostCrashes))
    await converter.kill()
    await scene.strike(held)
    await converter.restart()
  }
  await ordering
  const verdict = await scene.judge()
  const crashes = verdict.documents.reduce((sum, document) => sum + document.crashes, 0)
  say(`${crashes} leases were lost to ${kills} kills`)
  assert.ok(verdict.documents.every(({ status }) => status === 'SUCCEEDED'))
  return verdict
})
