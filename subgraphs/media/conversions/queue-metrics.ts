/** What an operator watches of the queues. Every replica tells the same, so it is read as a maximum. */
import { Gauge, type Registry } from 'prom-client'
import type { Ledger } from '#ledger/ledger.ts'
import type { QueueDepth } from '#runtime/rabbit/queue-depth.ts'
import { queues } from '#runtime/rabbit/topology.ts'

export interface WatchedQueues {
  readonly ledger: Pick<Ledger, 'count'>
  readonly queueDepth: Pick<QueueDepth, 'dead'>
}

const unfinished = ['QUEUED', 'RUNNING'] as const

/** While a store is away, what is not known is not told: the other metrics are. */
export function watchQueues(registry: Registry, { ledger, queueDepth }: WatchedQueues): readonly Gauge[] {
  const registers = [registry]
  return [
    new Gauge({
      name: 'earshot_conversions_unfinished',
      help: 'Conversions that wait or are under way, as the database has them',
      labelNames: ['status'],
      registers,
      async collect() {
        this.reset()
        for (const status of unfinished)
          await ledger.count({ status }).then((count) => this.set({ status }, count), unknown)
      },
    }),
    new Gauge({
      name: 'earshot_dead_letters',
      help: 'Messages that were set aside, by queue (earshot admin dead-letters)',
      labelNames: ['queue'],
      registers,
      async collect() {
        this.reset()
        for (const queue of Object.values(queues))
          await queueDepth.dead(queue).then((count) => this.set({ queue }, count), unknown)
      },
    }),
  ]
}

const unknown = () => undefined
