import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Registry } from 'prom-client'
import { watchQueues } from './queue-metrics.ts'

it('tells of the queues what is known, and nothing of a store that is away', async () => {
  const registry = new Registry()
  watchQueues(registry, {
    ledger: { count: async (query) => ('status' in query && query.status === 'QUEUED' ? 7 : 2) },
    queueDepth: { dead: async () => await Promise.reject(new Error('the broker is away')) },
  })
  const told = await registry.metrics()
  assert.match(told, /^earshot_conversions_unfinished\{status="QUEUED"\} 7$/m)
  assert.match(told, /^earshot_conversions_unfinished\{status="RUNNING"\} 2$/m)
  assert.doesNotMatch(told, /^earshot_dead_letters\{/m)
})
