/** The broker and the database die under load and come back; no process of ours is started again for it. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { startOwnStores, type OwnStores } from './own-stores.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const stores = [
  ['broker', (own: OwnStores) => own.killBroker()],
  ['database', (own: OwnStores) => own.killMongo()],
] as const

for (const [name, kill] of stores) {
  testScenario(`kill -9 of the ${name}`, { faults: { short: 2, long: 20 } }, async (kills) => {
    await using own = await startOwnStores()
    await using scene = await startScene(own.options)
    const path = await makeSample(scene.directory, 'mp4-aac')
    const pids = scene.pids()
    for (let strike = 0; strike < kills; strike++) {
      const ordering = Promise.all([1, 2, 3].map(() => scene.order(path)))
      // When a store dies is what the test is about: any moment will do.
      await delay(randomInt(0, 1_500))
      await scene.strike([], async () => {
        await kill(own)
        await scene.ready()
      })
      await ordering
    }
    const verdict = await scene.judge()
    assertAllSucceeded(verdict)
    assert.deepEqual(scene.pids(), pids, 'no process of ours had to be started again')
    return verdict
  })
}
