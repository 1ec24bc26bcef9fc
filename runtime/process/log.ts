/** Structured logs: JSON for machines, one coloured line for people. */
import { pino, type Logger } from 'pino'
import pretty from 'pino-pretty'
import { currentTraceId } from '#runtime/tracing/trace-context.ts'

export type { Logger }

export interface LogOptions {
  readonly service: string
  readonly level: string
  readonly format: 'json' | 'pretty'
}

export function createLogger({ service, level, format }: LogOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: traceOfLine,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  // Written when the call returns: no line is lost or overtaken when the process ends.
  if (format === 'json') return pino(options, pino.destination({ dest: 1, sync: true }))
  const stream = pretty({
    ignore: 'service',
    messageFormat: `${service} › {msg}`,
    sync: true,
    singleLine: true,
  })
  return pino({ ...options, hooks: { streamWrite: withoutCommands } }, stream)
}

function traceOfLine(): { traceId?: string } {
  const traceId = currentTraceId()
  return traceId === undefined ? {} : { traceId }
}

/** A line of JSON without what would command a terminal once its strings are shown: C0, DEL and C1, but for ends of lines. */
const withoutCommands = (line: string): string =>
  line.replace(/\\u00[01][\da-f]|\\[bfr]|[\u007F-\u009F]/g, ' ')
