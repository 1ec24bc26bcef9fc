import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import { newConversion } from '#ledger/testing/sample-records.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { firstPlan } from '#converter/loudness/gain-plan.ts'
import type { Loudness } from '#converter/loudness/measure-loudness.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import { ChangingAudio, MissingAudio } from '#converter/source/uneven-audio.ts'
import { untimed } from '#converter/phase-times.ts'
import type { Storing } from '#converter/store/prove-while-storing.ts'
import type { Attempt } from './attempt.ts'
import { createAttempts } from './attempts.ts'
import { firstProven } from './first-proven.ts'
import { NotCopyable } from '#converter/attempts/passthrough/not-copyable.ts'

const proof = { durationMs: 1_000 } as ProvenMp3
const stored = { blobId: 'c.1', sizeBytes: 1, sha256: '' }
const refusal = new Error('refused')
type Make = Attempt['make']
const makes =
  (prove: () => Promise<ProvenMp3> = async () => proof): Make =>
  async () => ({ identicalToSingleEncoder: true, durationMs: 1_000, prove })
const fails =
  (error: unknown): Make =>
  async () => {
    throw error
  }

describe('the ladder to an MP3', () => {
  function rig(...given: readonly [Make, ('info' | 'warn' | null)?][]) {
    const steps: string[] = []
    const stop = new AbortController()
    const attempts = given.map(([make, level = null], index): Attempt => ({
      path: index === given.length - 1 ? 'SINGLE' : 'PARALLEL_SKIP',
      make: async (job) => {
        steps.push(
          `attempt ${index + 1}${job.recipe.gain === null ? '' : ` ${job.recipe.gain.filters.join()}`}`,
        )
        return await make(job)
      },
      leadsOn: () => level,
    }))
    const climb = async ({
      store = async () => stored,
      loudness = null,
      measured = [],
    }: { store?: Storing['store']; loudness?: OutputOptions['loudness']; measured?: Loudness[] } = {}) => {
      const output = { ...outputOptionsSchema.parse({ loudness }), passthrough: false }
      const source = { ...newConversion.source, durationMs: 1_000 }
      const quiet = { integratedLufs: -30, truePeakDbtp: -20 }
      const log = pino({ level: 'silent' })
      return await firstProven(
        {
          attempts,
          times: untimed,
          measurePeak: () => assert.fail('nothing was mixed'),
          measureLoudness: async () => {
            steps.push('measured')
            return measured.shift()!
          },
        },
        {
          outputPath: 'output.mp3',
          source: {
            sourcePath: 'source',
            recipe: recipeOf(source, output, null),
            gainPlan: loudness && firstPlan(quiet, loudness),
          },
          passthrough: false,
          share: createCorePool(1).join(),
          signal: stop.signal,
          onProgress() {},
          storing: {
            tagOf: () => Buffer.alloc(0),
            store: async (...told) => {
              steps.push('storing')
              return await store(...told)
            },
          },
          log,
        },
      )
    }
    return { steps, stop, climb }
  }

  it('takes the first attempt that gives something, and passes over what is closed', async () => {
    const { steps, climb } = rig([async () => null], [makes()], [makes()])
    const made = await climb()
    assert.deepEqual(steps, ['attempt 1', 'attempt 2', 'storing'])
    assert.deepEqual(made.encoding, { path: 'PARALLEL_SKIP', identicalToSingleEncoder: true })
    assert.equal(made.stored, stored)
  })

  it('goes on after an error that leads on, of the making or of the proof, and throws any other', async () => {
    const on = rig([fails(refusal), 'warn'], [makes(() => Promise.reject(refusal)), 'info'], [makes()])
    assert.equal((await on.climb()).encoding.path, 'SINGLE')
    const thrown = rig([fails(refusal)], [makes()])
    await assert.rejects(thrown.climb(), refusal)
    assert.deepEqual(thrown.steps, ['attempt 1'])
    await assert.rejects(rig([fails(refusal), 'warn'], [fails(new Error('the last'))]).climb(), /the last/)
  })

  it('is given up at once for uneven audio, and when its job is aborted', async () => {
    for (const error of [new ChangingAudio('once'), new MissingAudio()]) {
      const { steps, climb } = rig([fails(error), 'warn'], [makes()])
      await assert.rejects(climb(), error)
      assert.deepEqual(steps, ['attempt 1'])
    }
    const aborted = rig([async () => aborted.stop.abort(refusal) as never, 'warn'], [makes()])
    await assert.rejects(aborted.climb())
    assert.deepEqual(aborted.steps, ['attempt 1'])
  })

  it('stores an MP3 while it is being proven, and has ended that before the next attempt begins', async () => {
    const begun = Promise.withResolvers<void>()
    const prove = async () => {
      await begun.promise
      throw refusal
    }
    const { steps, climb } = rig([makes(prove), 'info'], [makes()])
    let stores = 0
    const store: Storing['store'] = async (_tag, signal) => {
      if (++stores > 1) return stored
      begun.resolve()
      await once(signal, 'abort')
      await nextTurn()
      steps.push('storing ended')
      throw signal.reason
    }
    await climb({ store })
    assert.deepEqual(steps, ['attempt 1', 'storing', 'storing ended', 'attempt 2', 'storing'])
  })

  it('tells an error of the store, which leads to no other attempt', async () => {
    const { steps, climb } = rig([makes(), 'warn'], [makes()])
    await assert.rejects(climb({ store: () => Promise.reject(new Error('no database')) }), /no database/)
    assert.deepEqual(steps, ['attempt 1', 'storing'])
  })

  it('ends the storing with its job, and rejects when nothing is running any more', async () => {
    const { steps, stop, climb } = rig([makes(), 'warn'], [makes()])
    const store: Storing['store'] = async (_tag, signal) => {
      const aborted = once(signal, 'abort')
      stop.abort(refusal)
      await aborted
      await nextTurn()
      steps.push('storing ended')
      throw signal.reason
    }
    await assert.rejects(climb({ store }), refusal)
    assert.deepEqual(steps, ['attempt 1', 'storing', 'storing ended'])
  })

  it('stores an MP3 of a loudness once it was measured, and corrects it by the attempt that stood its proof', async () => {
    const loudness = { targetLufs: -16, maxTruePeakDbtp: -1 }
    const measured = [
      { integratedLufs: -18, truePeakDbtp: -8 },
      { integratedLufs: -16, truePeakDbtp: -6 },
    ]
    const { steps, climb } = rig([fails(refusal), 'info'], [makes()], [makes()])
    const made = await climb({ loudness, measured })
    assert.equal(made.loudness?.integratedLufs, -16)
    const gains = ['volume=14.000dB', 'volume=14.000dB', 'volume=16.000dB']
    assert.deepEqual(
      steps.map((step) => step.replace(/:.*$/, '')),
      [
        `attempt 1 ${gains[0]}`,
        `attempt 2 ${gains[1]}`,
        'measured',
        `attempt 2 ${gains[2]}`,
        'measured',
        'storing',
      ],
    )
  })

  it('goes on with the corrected loudness where the attempt fails in a later round', async () => {
    const loudness = { targetLufs: -16, maxTruePeakDbtp: -1 }
    const measured = [
      { integratedLufs: -18, truePeakDbtp: -8 },
      { integratedLufs: -16, truePeakDbtp: -6 },
    ]
    let rounds = 0
    const onlyOnce: Make = async (job) => (++rounds > 1 ? await fails(refusal)(job) : await makes()(job))
    const { steps, climb } = rig([onlyOnce, 'warn'], [makes()])
    assert.equal((await climb({ loudness, measured })).encoding.path, 'SINGLE')
    assert.match(steps.at(-3)!, /attempt 2 volume=16/)
  })
})

describe('the attempts', () => {
  it('go from the fastest to the safest, and only the last one’s error is final whatever it is', () => {
    const attempts = createAttempts(() => assert.fail())
    assert.deepEqual(
      attempts.map(({ path }) => path),
      ['PASSTHROUGH', 'PARALLEL_SEEK', 'PARALLEL_SKIP', 'SINGLE'],
    )
    const leadOn = (error: Error) => attempts.map(({ leadsOn }) => leadsOn(error))
    assert.deepEqual(leadOn(refusal), [null, 'warn', 'warn', null])
    assert.deepEqual(leadOn(new NotCopyable('an odd track')), ['info', 'warn', 'warn', null])
  })
})
