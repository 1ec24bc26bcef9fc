/** Every process is told to end and started anew, one after the other under load, as a deployment does it. */
import assert from 'node:assert/strict'
import { endOfLog } from '#infra/local/system/service-process.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'

testScenario('rolling SIGTERM of every process', { faults: { short: 6, long: 60 } }, async (restarts) => {
  await using scene = await startScene()
  await scene.system.addService('converter', 'converter-2')
  const [short, lengthy] = [
    await makeSample(scene.directory, 'mp4-aac'),
    await makeTone(scene.directory, { minutes: 5 }),
  ]
  const services = [...scene.system.services.values()]
  for (let restart = 0; restart < restarts; restart++) {
    const ordering = Promise.all([scene.order(short), scene.order(lengthy)])
    const service = services[restart % services.length]!
    await scene.strike([], async () => {
      const end = await service.stop()
      const late = `${service.name} did not end as it was told to. Its log ends so:\n${endOfLog(service.logFile)}`
      assert.deepEqual(end, { code: 0, signal: null }, late)
      await service.restart()
    })
    await ordering
  }
  const verdict = await scene.judge()
  for (const { status, crashes, failures } of verdict.documents)
    assert.deepEqual([status, crashes, failures], ['SUCCEEDED', 0, 0], 'nobody is blamed for a deployment')
  return verdict
})
