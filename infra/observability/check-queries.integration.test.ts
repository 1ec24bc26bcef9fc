import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { prometheusTool } from '#test/harness/prometheus.ts'
import { malformedQueries, unknownMetrics } from './check-queries.ts'

describe('the check of queries', () => {
  it('names those that Prometheus does not understand, by where they stand', async () => {
    const problems = await malformedQueries(prometheusTool('PROMTOOL_PATH'), [
      { place: 'unclosed', expr: 'sum(rate(earshot_mails_total[5m])' },
      { place: 'good', expr: 'max by (pod) (earshot_disk_free_bytes) > 5' },
      { place: 'no range', expr: 'rate(earshot_mails_total)' },
    ])
    assert.equal(problems.length, 2)
    assert.match(problems[0]!, /^unclosed: .*unclosed left parenthesis/)
    assert.match(problems[1]!, /^no range: .*expected type range vector/)
  })

  it('names metrics that no process has, and knows the parts of a histogram', () => {
    const known = new Set(['earshot_phase_seconds'])
    const expr = 'rate(earshot_phase_seconds_bucket[5m]) / rate(earshot_phase_secnds_count[5m])'
    assert.deepEqual(unknownMetrics([{ place: 'phases', expr }], known), [
      'phases: no process has a metric earshot_phase_secnds',
    ])
  })
})
