/** One machine's clock is a month wrong, forward or back: nothing of delivery may ask what time it is. */
import assert from 'node:assert/strict'
import { startOwnStores, type OwnStores } from '#test/faults/own-stores.ts'
import { testScenario } from '#test/faults/scenario.ts'
import { startScene, type Scene } from '#test/faults/scene.ts'
import { faketimeLibrary } from '#test/harness/environment.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'

/** Intervals stay true: a wrong clock is not a wrong pace. */
const clock = (days: string): NodeJS.ProcessEnv => ({
  LD_PRELOAD: faketimeLibrary(),
  FAKETIME: days,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
})
const rightClock: NodeJS.ProcessEnv = { LD_PRELOAD: '', FAKETIME: '+0' }

/** Issuers and verifiers of tokens are left out: a token's life is the one thing that two machines must agree on. */
const machines: readonly ((scene: Scene, own: OwnStores, env: NodeJS.ProcessEnv) => Promise<void>)[] = [
  (scene, _, env) => scene.service('converter').restart(env),
  (_, own, env) => own.killBroker(env),
  (_, own, env) => own.killMongo(env),
]

testScenario('a clock that is 30 days wrong', { faults: { short: 6, long: 18 } }, async (faults) => {
  await using own = await startOwnStores()
  await using scene = await startScene(own.options)
  const path = await makeSample(scene.directory, 'mp4-aac')
  const lengthy = await makeTone(scene.directory, { minutes: 3 })
  const well = () => Promise.all([...scene.system.services.values()].map((service) => service.ready()))
  for (let fault = 0; fault < faults; fault++) {
    const setClock = machines[fault % machines.length]!
    const ordering = scene.order(lengthy)
    await scene.strike([], async () => {
      await setClock(scene, own, clock(Math.floor(fault / machines.length) % 2 === 0 ? '+30d' : '-30d'))
      await well()
    })
    await Promise.all([ordering, scene.order(path)])
    await setClock(scene, own, rightClock)
    await well()
  }
  const verdict = await scene.judge()
  // A store is killed to set its clock, which may cost a lease; the clock alone costs nothing.
  assert.ok(verdict.documents.every(({ status, failures }) => status === 'SUCCEEDED' && failures === 0))
  return verdict
})
