/** What an operator watches of a converter: how long jobs wait, how many run, how they end. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface ConverterMetrics {
  /** After a claim: how long the job had been QUEUED, by the clocks of its writers. */
  claimed(waitedMs: number): void
  /** Counts a running job; the result ends it, with the code of what went wrong. */
  startJob(): (outcome: string, failureCode?: string) => void
}

/** @param slots How many jobs it does at once. */
export function createConverterMetrics(registry: Registry, slots: number): ConverterMetrics {
  const registers = [registry]
  const waited = new Histogram({
    name: 'earshot_converter_queue_wait_seconds',
    help: 'Time from QUEUED to RUNNING',
    buckets: [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 3600],
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
  return {
    claimed: (waitedMs) => waited.observe(Math.max(0, waitedMs) / 1000),
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
