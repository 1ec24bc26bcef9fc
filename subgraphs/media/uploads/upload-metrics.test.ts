import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import { createUploadMetrics } from './upload-metrics.ts'

it('a phase of an examination is timed, does the same work, and fails as it did', async () => {
  const registry = new Registry()
  const { timed } = createUploadMetrics(registry)
  const half = timed('probe', async (number: number) => {
    if (number % 2 === 1) throw new Error('odd')
    return number / 2
  })
  assert.equal(await half(4), 2)
  await assert.rejects(half(5), /odd/)
  assert.match(await registry.metrics(), /^earshot_media_phase_seconds_count\{phase="probe"\} 2$/m)
})
