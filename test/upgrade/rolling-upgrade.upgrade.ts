/**
 * A system of the baseline's processes becomes one of this version under load, process by process, goes back as where an
 * upgrade is taken back, and becomes this version again: on one broker and one database, with orders before, during and after.
 */
import assert from 'node:assert/strict'
import { testScenario } from '#test/faults/scenario.ts'
import { startScene } from '#test/faults/scene.ts'
import { checkout } from '#infra/local/folders.ts'
import { makeSample } from '#test/harness/sample-media.ts'
import { makeTone } from '#test/harness/tone.ts'
import { bringBaseline } from './bring-baseline.ts'

/** Each change of a process is one fault. */
const processes = 6
const passes = 3

testScenario(
  'rolling upgrade from the baseline, and back, and again',
  { faults: { short: processes * passes, long: processes * 9 } },
  async (changes, say) => {
    const baseline = await bringBaseline()
    await using scene = await startScene({ root: baseline })
    await scene.system.addService('converter', 'converter-2')
    const [short, lengthy] = [
      await makeSample(scene.directory, 'mp4-aac'),
      await makeTone(scene.directory, { minutes: 5 }),
    ]
    const services = [...scene.system.services.values()]
    assert.equal(services.length, processes)
    for (let change = 0; change < changes; change++) {
      const ordering = Promise.all([scene.order(short), scene.order(lengthy)])
      const service = services[change % processes]!
      const isForward = Math.floor(change / processes) % 2 === 0
      await scene.strike([], () => service.restart({}, isForward ? checkout : baseline))
      say(`${service.name} is of ${isForward ? 'this version' : 'the baseline'}`)
      await ordering
    }
    const verdict = await scene.judge()
    for (const { status, crashes, failures } of verdict.documents)
      assert.deepEqual([status, crashes, failures], ['SUCCEEDED', 0, 0], 'nobody is blamed for an upgrade')
    return verdict
  },
)
