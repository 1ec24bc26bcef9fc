/** Any process of ours but a converter dies at a random moment, while clients upload, order and listen. */
import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { assertAllSucceeded } from './assert-succeeded.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'

const names = ['auth', 'media', 'router', 'mailer'] as const

testScenario('kill -9 of auth, media, router, mailer', { faults: { short: 8, long: 80 } }, async (kills) => {
  await using scene = await startScene()
  const path = await makeSample(scene.directory, 'mp4-aac')
  for (let kill = 0; kill < kills; kill++) {
    const ordering = Promise.all([scene.order(path), scene.order(path)])
    // When a process dies is what the test is about: any moment will do.
    await delay(randomInt(0, 1_500))
    const service = scene.service(names[kill % names.length]!)
    await scene.strike([], async () => {
      await service.kill()
      await service.restart()
    })
    await ordering
  }
  const verdict = await scene.judge()
  assertAllSucceeded(verdict)
  return verdict
})
