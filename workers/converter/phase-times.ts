/** How long each phase of the work takes, and how fast audio is encoded: as metrics, and as spans of the job's trace. */
import { Counter, Histogram, type Registry } from 'prom-client'
import { inSpan, type SpanOptions } from '#runtime/tracing/trace-context.ts'
import type { EncodingPath } from '#converter/attempts/attempt.ts'

export type Phase = 'fetch the source' | 'prepare' | 'encode' | 'prove' | 'store'

export interface PhaseTimes {
  /** Some lie within others: an MP3 is stored while it is being proven. */
  run<T>(phase: Phase, options: SpanOptions, work: () => Promise<T>): Promise<T>
  fetched(bytes: number): void
  encoded(path: EncodingPath, audioMs: number, tookMs: number): void
}

/** In spans alone. */
export const untimed: PhaseTimes = { run: inSpan, fetched: () => undefined, encoded: () => undefined }

export function createPhaseTimes(registry: Registry): PhaseTimes {
  const registers = [registry]
  const took = new Histogram({
    name: 'earshot_converter_phase_seconds',
    help: 'Time that a phase of a conversion took, whether it succeeded or not',
    labelNames: ['phase'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
    registers,
  })
  const speed = new Histogram({
    name: 'earshot_converter_encode_speed_ratio',
    help: 'Length of the audio per time that it took to encode it',
    labelNames: ['path'],
    buckets: [1, 2, 5, 10, 20, 40, 60, 80, 100, 150, 200, 400, 1000],
    registers,
  })
  const fetched = new Counter({
    name: 'earshot_converter_source_bytes_total',
    help: 'Bytes of sources that were fetched',
    registers,
  })
  return {
    async run(phase, options, work) {
      const end = took.startTimer({ phase })
      try {
        return await inSpan(phase, options, work)
      } finally {
        end()
      }
    },
    fetched: (bytes) => fetched.inc(bytes),
    encoded: (path, audioMs, tookMs) => speed.observe({ path }, audioMs / tookMs),
  }
}
