import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import { createPhaseTimes } from './phase-times.ts'

it('phases are timed whether they succeed or not, and audio by how much faster than itself it was encoded', async () => {
  const registry = new Registry()
  const times = createPhaseTimes(registry)
  assert.equal(await times.run('encode', {}, async () => 'made'), 'made')
  await assert.rejects(
    times.run('prove', {}, () => Promise.reject(new Error('refused'))),
    /refused/,
  )
  times.encoded('SINGLE', 90_000, 1_000)
  times.fetched(500)
  const told = await registry.metrics()
  assert.match(told, /^earshot_converter_phase_seconds_count\{phase="encode"\} 1$/m)
  assert.match(told, /^earshot_converter_phase_seconds_count\{phase="prove"\} 1$/m)
  assert.match(told, /^earshot_converter_encode_speed_ratio_sum\{path="SINGLE"\} 90$/m)
  assert.match(told, /^earshot_converter_source_bytes_total 500$/m)
})
