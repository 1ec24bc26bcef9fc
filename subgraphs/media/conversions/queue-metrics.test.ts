import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Registry } from 'prom-client'
import { watchQueues } from './queue-metrics.ts'

const away = async () => await Promise.reject(new Error('it is away'))

describe('the metrics of the queues', () => {
  it('tell what is known, and nothing of a store that is away', async () => {
    const registry = new Registry()
    watchQueues(registry, {
      ledger: {
        async count(query) {
          if ('owes' in query) return 3
          return 'status' in query && query.status === 'QUEUED' ? 7 : 2
        },
      },
      store: { oldestQueued: away },
      queueDepth: { dead: away },
    })
    const told = await registry.metrics()
    assert.match(told, /^earshot_conversions_unfinished\{status="QUEUED"\} 7$/m)
    assert.match(told, /^earshot_conversions_unfinished\{status="RUNNING"\} 2$/m)
    assert.match(told, /^earshot_conversions_owing_mail 3$/m)
    assert.doesNotMatch(told, /^earshot_dead_letters\{/m)
    assert.doesNotMatch(told, /^earshot_conversions_oldest_queued_seconds /m)
  })

  it('tell how long the oldest conversion waits, 0 where none does', async () => {
    let oldest: Date | null = new Date(5_000)
    const registry = new Registry()
    watchQueues(registry, {
      ledger: { count: away },
      store: { oldestQueued: async () => oldest },
      queueDepth: { dead: away },
      now: () => 65_000,
    })
    assert.match(await registry.metrics(), /^earshot_conversions_oldest_queued_seconds 60$/m)
    oldest = null
    assert.match(await registry.metrics(), /^earshot_conversions_oldest_queued_seconds 0$/m)
  })
})
