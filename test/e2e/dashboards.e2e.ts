/** What an operator watches: a running system tells all of it, and a real Prometheus answers every panel. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ruleQueries } from '#infra/observability/check.ts'
import { unknownMetrics } from '#infra/observability/check-queries.ts'
import { panelQueries } from '#infra/observability/dashboards.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import * as user from '#test/harness/api-user.ts'
import { startPrometheus, type Prometheus } from '#test/harness/prometheus.ts'
import { startTestSystem, type RunningSystem } from '#test/harness/running-system.ts'
import { makeSample } from '#test/harness/sample-media.ts'

describe('what an operator watches', () => {
  let running: RunningSystem
  let prometheus: Prometheus
  before(async () => {
    running = await startTestSystem()
    const someone = await user.signUpUser(running.system.publicUrl)
    const sample = await makeSample(running.directory, 'mp4-aac')
    await user.convertFile(someone, sample)
    prometheus = await startPrometheus(running.system)
    await waitUntil('what the first conversion took was scraped', async () => {
      const counts = await prometheus.ask('earshot_converter_phase_seconds_count{phase="store"}')
      return counts.length > 0
    })
    // A rate is of what rises between two scrapes.
    await user.convertFile(someone, sample)
  })
  after(async () => {
    await prometheus[Symbol.asyncDispose]()
    await running[Symbol.asyncDispose]()
  })

  it('is told by the running system: every metric that a rule or a panel names', async () => {
    const told = await Promise.all(
      [...running.system.services.values()].map(async ({ healthOrigin }) => {
        const response = await fetch(new URL('/metrics', healthOrigin))
        return await response.text()
      }),
    )
    const names = told.join('\n').matchAll(/^# TYPE (\S+)/gm)
    const known = new Set([...names].map(([, name]) => name!))
    const queries = [...panelQueries, ...(await ruleQueries())]
    assert.ok(queries.length > 40)
    assert.deepEqual(unknownMetrics(queries, known), [])
  })

  for (const { place, expr } of panelQueries)
    it(`is shown by every panel: ${place}, ${expr.slice(0, 60)}`, async () => {
      const values = await waitUntil(`${expr} has a value`, async () => {
        const found = (await prometheus.ask(expr)).filter((value) => !Number.isNaN(value))
        return found.length > 0 && found
      })
      assert.ok(values.every(Number.isFinite))
    })
})
