/** What an operator watches of the queues. Every replica tells the same, so it is read as a maximum. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { MongoConversionStore } from '#ledger/conversion-store.ts'
import type { Ledger } from '#ledger/ledger.ts'
import type { ReaperDependencies } from '#ledger/reaper.ts'
import type { QueueDepth } from '#runtime/rabbit/queue-depth.ts'
import { queues } from '#runtime/rabbit/topology.ts'

export interface WatchedQueues {
  readonly ledger: Pick<Ledger, 'count'>
  readonly store: Pick<MongoConversionStore, 'oldestQueued'>
  readonly queueDepth: Pick<QueueDepth, 'dead'>
  readonly now?: () => number
}

const unfinished = ['QUEUED', 'RUNNING'] as const

/** While a store is away, what is not known is not told: the other metrics are. */
export function watchQueues(
  registry: Registry,
  { ledger, store, queueDepth, now = Date.now }: WatchedQueues,
): readonly Gauge[] {
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
      name: 'earshot_conversions_oldest_queued_seconds',
      help: 'Since when the conversion waits that was ordered first, by the clocks of two processes; 0 where none waits',
      registers,
      async collect() {
        // What is not known has no sample.
        this.remove()
        const tell = (since: Date | null) =>
          this.set(since === null ? 0 : Math.max(0, now() - since.getTime()) / 1000)
        await store.oldestQueued().then(tell, unknown)
      },
    }),
    new Gauge({
      name: 'earshot_conversions_owing_mail',
      help: 'Conversions whose mail no mailer has taken over yet',
      registers,
      async collect() {
        this.remove()
        await ledger.count({ owes: 'mail' }).then((count) => this.set(count), unknown)
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

/** Counts the conversions that this replica took away from workers without a beat, by what became of them. */
export function countEvictions(registry: Registry): NonNullable<ReaperDependencies['onEvicted']> {
  const evictions = new Counter({
    name: 'earshot_leases_evicted_total',
    help: 'Conversions that were taken from a worker that sent no beat, by what they became',
    labelNames: ['status'],
    registers: [registry],
  })
  for (const status of ['QUEUED', 'FAILED']) evictions.inc({ status }, 0)
  return (status) => evictions.inc({ status })
}

const unknown = () => undefined
