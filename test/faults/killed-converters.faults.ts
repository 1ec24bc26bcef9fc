/** Converters die at random moments; nothing accepted is lost, nothing happens twice. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { testScenario } from './scenario.ts'
import { startScene, type Scene } from './scene.ts'
import { makeTone } from '#test/harness/tone.ts'

/** At the fifth crash a conversion is given up: see poison-file.faults.ts. */
const mostCrashes = 4
/** Enough to keep two converters busy, and so few that a job which comes back waits behind nobody's backlog. */
const customers = 2

testScenario('kill -9 of a converter', { faults: { short: 10, long: 200 } }, async (kills, say) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  const path = await makeTone(scene.directory, { minutes: 1 })
  const load = keepOrdering(scene, path)
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
    load.interrupted(held)
    await converter.restart()
  }
  await load.end()
  const verdict = await scene.judge()
  const crashes = verdict.documents.reduce((sum, document) => sum + document.crashes, 0)
  say(`${crashes} leases were lost to ${kills} kills`)
  assert.ok(crashes >= kills / 2, 'most kills met a converter at work')
  assertAllSucceeded(verdict)
  return verdict
})

interface Load {
  /** Tells the load which conversions lost their worker: nobody works on those until their leases are over, so it orders others meanwhile. */
  interrupted(conversions: readonly ConversionDocument[]): void
  /** Resolves when the last order is accepted. */
  end(): Promise<void>
}

/** Each customer orders the next conversion when the one before is over. */
function keepOrdering(scene: Scene, path: string): Load {
  const interruptions = new Map<string, () => void>()
  let ending = false
  const orderOneByOne = async () => {
    while (!ending) {
      const id = await scene.order(path)
      const interrupted = new Promise<void>((resolve) => interruptions.set(id, resolve))
      await Promise.race([scene.finished(id), interrupted])
    }
  }
  const ordering = Promise.all(Array.from({ length: customers }, orderOneByOne))
  // `end` reports the failure.
  ordering.catch(() => undefined)
  return {
    interrupted: (conversions) => {
      for (const { _id } of conversions) interruptions.get(_id)?.()
    },
    async end() {
      ending = true
      await ordering
    },
  }
}
