import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import type { Progress, RunningConversion } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { Ledger } from '#ledger/ledger.ts'
import { after, claim, conversionIn, mp3, queuedConversion } from '#ledger/testing/sample-records.ts'
import type { Command } from '#ledger/transition.ts'
import { DiskFullError } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { createConvertVideo } from './convert-video.ts'
import { createConverterMetrics } from '#converter/converter-metrics.ts'
import { conversionLimitMs } from '#converter/converter-settings.ts'
import type { MakeOptions } from './make-mp3s.ts'

const log = pino({ level: 'silent' })
const withEta = (etaMs: number): Progress => ({ percent: 50, speed: 10, etaMs })

describe('a convertVideo command', () => {
  let commands: Command[]
  let shutdown: AbortController
  let registry: Registry
  let claimable: boolean
  let beat: () => Promise<boolean>
  beforeEach(() => {
    commands = []
    shutdown = new AbortController()
    registry = new Registry()
    claimable = true
    beat = async () => true
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  })
  afterEach(() => mock.timers.reset())

  const handle = async (produceMp3: (options: MakeOptions) => Promise<Mp3Document>, attempt = 1) => {
    const queued = { ...queuedConversion, attempt: attempt - 1 }
    const ledger: Partial<Ledger> = {
      beat: () => beat(),
      apply: async (_id, command) => {
        commands.push(command)
        return { ok: true, record: conversionIn('SUCCEEDED') }
      },
      claimNext: async () =>
        claimable ? (after(queued, claim(attempt - 1, 'its lease')) as RunningConversion) : null,
    }
    const convertVideo = createConvertVideo({
      ledger: ledger as Ledger,
      workerId: 'worker-1',
      makeMp3s: async (_conversion, options) => ({ mp3s: [await produceMp3(options)], warnings: [] }),
      reportProgress: () => () => undefined,
      metrics: createConverterMetrics(registry, 1),
      log,
      wallLimitMs: conversionLimitMs({ CONVERSION_MINUTES: 1, CONVERSION_PERCENT_OF_AUDIO: 50 }),
      drainMs: 60_000,
      leaseMs: 30_000,
    })
    const delivery = { requestId: undefined, log, signal: shutdown.signal }
    await convertVideo({ conversionId: 'conversion-1', attempt: attempt - 1 }, delivery)
  }
  /** Never ends by itself; rejects as a pipeline does, with the signal's reason as the cause. */
  const untilStopped = ({ signal }: MakeOptions) =>
    new Promise<never>((_resolve, reject) => {
      const stop = () => reject(new DOMException('The operation was aborted', 'AbortError'))
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop)
    })
  const outcome = () => {
    const [ending, ...more] = commands
    assert.deepEqual(more, [])
    return ending
  }

  it('that finds no conversion ready is done with: nothing is made, nothing written', async () => {
    claimable = false
    await handle(async () => assert.fail('the work was begun'))
    assert.deepEqual(commands, [])
  })

  it('succeeds with the MP3, under the lease it was claimed with', async () => {
    await handle(async () => mp3)
    const ending = outcome()
    assert.ok(ending?.type === 'succeed')
    assert.deepEqual(ending.mp3s, [mp3])
    assert.equal(ending.leaseId, 'its lease')
  })

  it('fails for good by the fault of the media', async () => {
    await handle(async () => Promise.reject(new DomainError('CORRUPT_FILE')))
    const ending = outcome()
    assert.ok(ending?.type === 'fail')
    assert.equal(ending.failure.code, 'CORRUPT_FILE')
  })

  it('is given back with its failure when that may pass', async () => {
    await handle(async () => Promise.reject(new DomainError('CONVERSION_TIMED_OUT')))
    const ending = outcome()
    assert.ok(ending?.type === 'release')
    assert.equal(ending.failure?.code, 'CONVERSION_TIMED_OUT')
  })

  it('is given back as CONVERTER_FAILED by a bug of ours, whose words stay in the log', async () => {
    await handle(async () => Promise.reject(new Error('a secret path')))
    const ending = outcome()
    assert.ok(ending?.type === 'release')
    assert.equal(ending.failure?.code, 'CONVERTER_FAILED')
    assert.doesNotMatch(ending.failure.message, /secret/)
  })

  it('is given back for later, at nobody’s cost, when there is no room for it', async () => {
    await handle(async () => Promise.reject(new DiskFullError('no room')), 99)
    const ending = outcome()
    assert.ok(ending?.type === 'release' && ending.failure === null)
    assert.equal(ending.delayMs, 30_000)
  })

  it('is given back with its failure when there was no room at a hundred attempts', async () => {
    await handle(async () => Promise.reject(new DiskFullError('no room')), 100)
    const ending = outcome()
    assert.ok(ending?.type === 'release')
    assert.equal(ending.failure?.code, 'CONVERTER_FAILED')
    assert.match(ending.failure.message, /no room/)
  })

  for (const [what, etaMs] of [
    ['before its end can be told', null],
    ['more than a minute before its end', 60_001],
  ] as const) {
    it(`is given back, and nothing counted, when the process ends ${what}`, async () => {
      await handle(async (options) => {
        if (etaMs !== null) options.onProgress(withEta(etaMs))
        const stopped = untilStopped(options)
        shutdown.abort()
        return await stopped
      })
      const ending = outcome()
      assert.ok(ending?.type === 'release')
      assert.equal(ending.failure, null)
    })
  }

  it('is finished when the process ends within a minute of its end', async () => {
    await handle(async ({ onProgress, signal }) => {
      onProgress(withEta(60_000))
      shutdown.abort()
      assert.equal(signal.aborted, false)
      return mp3
    })
    assert.equal(outcome()?.type, 'succeed')
  })

  it('is given back after that minute when its end was told wrongly', async () => {
    await handle(async (options) => {
      options.onProgress(withEta(1_000))
      const stopped = untilStopped(options)
      shutdown.abort()
      stopped.catch(() => undefined) // reported where it is awaited
      // By steps, so that beats are confirmed meanwhile.
      for (let passedMs = 0; passedMs < 60_000; passedMs += 5_000) {
        assert.equal(options.signal.aborted, false)
        mock.timers.tick(5_000)
        await new Promise((resolve) => setImmediate(resolve))
      }
      return await stopped
    })
    const ending = outcome()
    assert.ok(ending?.type === 'release')
    assert.equal(ending.failure, null)
  })

  it('is given back when the process was ending before the work began', async () => {
    shutdown.abort()
    await handle(untilStopped)
    assert.equal(outcome()?.type, 'release')
  })

  it('fails for good when all of it takes longer than it may, whichever of its MP3s it is at', async () => {
    await handle(async (options) => {
      const stopped = untilStopped(options)
      stopped.catch(() => undefined) // reported where it is awaited
      // A minute, and half of the minute that the audio lasts.
      for (let passedMs = 0; passedMs < 90_000; passedMs += 5_000) {
        assert.equal(options.signal.aborted, false)
        mock.timers.tick(5_000)
        await new Promise((resolve) => setImmediate(resolve))
      }
      return await stopped
    })
    const ending = outcome()
    assert.ok(ending?.type === 'fail')
    assert.equal(ending.failure.code, 'CONVERSION_TIMED_OUT')
  })

  it('is counted by how it ended, and by the code of what went wrong', async () => {
    await handle(async () => {
      throw new DomainError('CORRUPT_FILE')
    })
    const told = await registry.metrics()
    assert.match(told, /^earshot_converter_jobs_total\{outcome="fail"\} 1$/m)
    assert.match(told, /^earshot_converter_failures_total\{code="CORRUPT_FILE"\} 1$/m)
    assert.match(told, /^earshot_converter_jobs_running 0$/m)
    assert.match(told, /^earshot_converter_attempts_sum 1$/m)
  })

  it('fails by the fault of the media even while the process ends', async () => {
    await handle(async () => {
      shutdown.abort()
      throw new DomainError('CORRUPT_FILE')
    })
    assert.equal(outcome()?.type, 'fail')
  })

  it('whose lease is lost is stopped, and nothing is written', async () => {
    beat = async () => false
    await handle(async (options) => {
      const stopped = untilStopped(options)
      mock.timers.tick(5_000)
      return await stopped
    })
    assert.equal(outcome(), undefined)
    const told = await registry.metrics()
    assert.match(told, /^earshot_converter_leases_lost_total\{cause="over"\} 1$/m)
    assert.match(told, /^earshot_converter_jobs_total\{outcome="lost"\} 1$/m)
  })
})
