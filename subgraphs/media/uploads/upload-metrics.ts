/** What an operator watches of uploads: the bytes that come in, and how long each phase of their examination takes. */
import { Counter, Histogram, type Registry } from 'prom-client'

export type UploadPhase = 'probe' | 'tags' | 'extract' | 'screen' | 'timeline' | 'try' | 'store'

export interface UploadMetrics {
  received(bytes: number): void
  /** The same work, whose time is taken. */
  timed<A extends unknown[], R>(phase: UploadPhase, work: (...given: A) => Promise<R>): typeof work
}

export function createUploadMetrics(registry: Registry): UploadMetrics {
  const registers = [registry]
  const bytes = new Counter({
    name: 'earshot_media_received_bytes_total',
    help: 'Bytes of uploads that came in',
    registers,
  })
  const took = new Histogram({
    name: 'earshot_media_phase_seconds',
    help: 'Time that a phase of the examination of an upload took, whether it succeeded or not',
    labelNames: ['phase'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers,
  })
  return {
    received: (count) => bytes.inc(Math.max(0, count)),
    timed:
      (phase, work) =>
      async (...given) => {
        const end = took.startTimer({ phase })
        try {
          return await work(...given)
        } finally {
          end()
        }
      },
  }
}
