/**
 * Files whose clocks do whatever clocks may do, by chance: `npm run test:corpus -- --seed 17 --count 1 test/corpus/timelines.corpus.ts`
 * makes the one with that seed again; without them they are a few, or in the long run two thousand. Of one that fails, the fewest
 * events by which it still does are told.
 */
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { createPipeline, type Pipeline } from './pipeline.ts'
import { createTemporaryDirectory, type TemporaryDirectory } from '#test/harness/temporary-directory.ts'
import { isLongRun } from './test-corpus.ts'
import { checkTimeline } from '#test/corpus/timelines/check-timeline.ts'
import {
  contentSeconds,
  timelineOf,
  timelinePlan,
  type TimelinePlan,
} from '#test/corpus/timelines/random-timeline.ts'
import { onePicture, timedPackets } from '#test/corpus/timelines/timed-packets.ts'
import { writeContainer } from '#test/corpus/timelines/write-container.ts'

const first = Number(process.env['CORPUS_SEED'] ?? 0)
const count = Number(process.env['CORPUS_COUNT'] ?? (isLongRun ? 2_000 : 12))

describe('timelines by chance', () => {
  let directory: TemporaryDirectory
  let pipeline: Pipeline
  before(async () => {
    directory = await createTemporaryDirectory()
    pipeline = await createPipeline(pino({ level: 'silent' }))
  })
  after(() => directory[Symbol.asyncDispose]())

  /** @returns what is wrong; null: nothing. */
  const faultOf = async (plan: TimelinePlan): Promise<unknown> => {
    const folder = join(directory.path, 'file')
    await mkdir(join(folder, 'work'), { recursive: true })
    try {
      const packets = await timedPackets(folder, plan.codec, contentSeconds)
      const timeline = timelineOf(plan, packets, await onePicture(folder, plan.container))
      const path = join(folder, `source.${plan.container}`)
      const statedSeconds = plan.statesLength ? timeline.endSeconds : null
      await writeFile(path, writeContainer[plan.container]({ ...plan, ...timeline, statedSeconds }))
      const { warnings, mp3s } = await pipeline(path, {
        folder: join(folder, 'work'),
        takesFrame: false,
        // Below what the files have: none becomes larger than its source.
        order: { bitrateKbps: 64 },
        signal: AbortSignal.timeout(120_000),
        log: pino({ level: 'silent' }),
        onFailure() {},
      })
      await checkTimeline(await readFile(mp3s[0]!.path), timeline.heard)
      assert.deepEqual(
        [...new Set(warnings.map(({ code }) => code))].toSorted(),
        timeline.warnings.toSorted(),
      )
      return null
    } catch (error) {
      return error
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  const fewestEvents = async (plan: TimelinePlan): Promise<TimelinePlan> => {
    for (const left of plan.events) {
      const fewer = { ...plan, events: plan.events.filter((event) => event !== left) }
      if ((await faultOf(fewer)) !== null) return await fewestEvents(fewer)
    }
    return plan
  }

  for (let seed = first; seed < first + count; seed++) {
    const plan = timelinePlan(seed)
    const { container, codec, events } = plan
    it(`seed ${seed}: ${container} with ${codec}, ${events.map(({ is }) => is).join(', ') || 'nothing'}`, async () => {
      const fault = await faultOf(plan)
      if (fault === null) return
      throw new Error(`seed ${seed} fails by ${JSON.stringify(await fewestEvents(plan))}`, { cause: fault })
    })
  }
})
