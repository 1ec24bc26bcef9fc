/** A file that kills whatever worker takes it is given up after five of them; everybody else's jobs go on. */
import assert from 'node:assert/strict'
import { waitUntil } from '#runtime/process/wait-until.ts'
import { testScenario } from './scenario.ts'
import { startScene } from './scene.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'

/** Another worker takes a dead worker's job when its lease is over: in the long run after some 35 s. */
const takenAgain = { withinMs: 120_000, everyMs: 20 }

testScenario('a file that kills every worker', { faults: { short: 5, long: 5 } }, async (kills) => {
  await using scene = await startScene()
  const poison = await scene.order(await makeTone(scene.directory, { minutes: 10 }))
  const harmless = await makeSample(scene.directory, 'mp4-aac')
  const converter = scene.service('converter')
  for (let kill = 0; kill < kills; kill++) {
    const takePoisoned = async () => {
      const jobs = await scene.heldBy(converter)
      return jobs.some(({ _id }) => _id === poison) && jobs
    }
    const held = await waitUntil('the converter has taken the file', takePoisoned, takenAgain)
    await converter.kill()
    await scene.strike(held)
    await converter.restart()
    await scene.order(harmless)
  }
  const verdict = await scene.judge()
  for (const { _id, status, failure, crashes } of verdict.documents) {
    if (_id !== poison) assert.equal(status, 'SUCCEEDED')
    else assert.deepEqual([status, failure?.code, crashes], ['FAILED', 'WORKER_CRASHED', kills])
  }
  return verdict
})
