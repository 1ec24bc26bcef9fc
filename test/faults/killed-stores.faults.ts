/** The broker and the database die under load and come back; no process of ours is started again for it. */
import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { startOwnBroker, startOwnMongo } from './own-stores.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { createTestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost } from '#test/harness/test-vhost.ts'

/** Each starts the store that is to be killed, and says where both are. */
const stores = {
  async broker(resources: AsyncDisposableStack) {
    const own = resources.use(await startOwnBroker())
    const { url: mongodbUrl } = resources.use(createTestDatabase())
    return {
      own,
      options: { stores: { mongodbUrl, rabbitmqUrl: own.url }, managementUrl: own.managementUrl },
    }
  },
  async database(resources: AsyncDisposableStack) {
    const own = resources.use(await startOwnMongo())
    const { url: rabbitmqUrl } = resources.use(await createTestVhost())
    return { own, options: { stores: { mongodbUrl: own.url, rabbitmqUrl } } }
  },
}

for (const [name, start] of Object.entries(stores)) {
  testScenario(`kill -9 of the ${name}`, { faults: { short: 2, long: 20 } }, async (kills) => {
    await using resources = new AsyncDisposableStack()
    const { own, options } = await start(resources)
    await using scene = await startScene(options)
    const path = await makeSample(scene.directory, 'mp4-aac')
    const pids = scene.pids()
    for (let strike = 0; strike < kills; strike++) {
      const ordering = Promise.all([1, 2, 3].map(() => scene.order(path)))
      // When a store dies is what the test is about: any moment will do.
      await delay(randomInt(0, 1_500))
      await scene.strike([], async () => {
        await own.kill()
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
