/** What an operator watches of a converter: how long jobs wait, how many run, how they end. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import type { LeaseLoss } from '#converter/job/lease.ts'

export interface ConverterMetrics {
  /** After a claim: how long the job had been QUEUED, by the clocks of its writers, and how often it was begun by now. */
  claimed(waitedMs: number, attempt: number): void
  leaseLost(cause: LeaseLoss): void
  /** Counts a running job; the result ends it, with the code of what went wrong. */
  startJob(): (outcome: string, failureCode?: string) => void
}

const endings = ['succeed', 'fail', 'release', 'lost']
/** Those that are our fault: told from the start, as an alert sees no rise in what was not there. */
const ourFaults: readonly ErrorCode[] = ['CONVERTER_FAILED', 'VERIFICATION_FAILED', 'CONVERSION_TIMED_OUT']

/** @param slots How many jobs it does at once. */
export function createConverterMetrics(registry: Registry, slots: number): ConverterMetrics {
  const registers = [registry]
  const waited = new Histogram({
    name: 'earshot_converter_queue_wait_seconds',
    help: 'Time from QUEUED to RUNNING',
    buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 3600],
    registers,
  })
  const attempts = new Histogram({
    name: 'earshot_converter_attempts',
    help: 'How often a job had been begun, each time it is begun',
    buckets: [1, 2, 3, 5, 10, 100],
    registers,
  })
  const lost = new Counter({
    name: 'earshot_converter_leases_lost_total',
    help: 'Leases that ended before their jobs: unproven (no beat came through), or over (cancelled, or taken away)',
    labelNames: ['cause'],
    registers,
  })
  const running = new Gauge({ name: 'earshot_converter_jobs_running', help: 'Jobs under way', registers })
  new Gauge({
    name: 'earshot_converter_slots',
    help: 'Jobs that it does at once at most',
    registers,
  }).set(slots)
  const failed = new Counter({
    name: 'earshot_converter_failures_total',
    help: 'Attempts that failed, by the code of what went wrong',
    labelNames: ['code'],
    registers,
  })
  const ended = new Counter({
    name: 'earshot_converter_jobs_total',
    help: 'Jobs by how their lease ended',
    labelNames: ['outcome'],
    registers,
  })
  const took = new Histogram({
    name: 'earshot_converter_job_seconds',
    help: 'Time a job was held',
    buckets: [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600],
    registers,
  })
  for (const cause of ['unproven', 'over']) lost.inc({ cause }, 0)
  for (const outcome of endings) ended.inc({ outcome }, 0)
  for (const code of ourFaults) failed.inc({ code }, 0)
  return {
    claimed(waitedMs, attempt) {
      waited.observe(Math.max(0, waitedMs) / 1000)
      attempts.observe(attempt)
    },
    leaseLost: (cause) => lost.inc({ cause }),
    startJob() {
      running.inc()
      const end = took.startTimer()
      return (outcome, code) => {
        running.dec()
        end()
        ended.inc({ outcome })
        if (code !== undefined) failed.inc({ code })
      }
    },
  }
}
