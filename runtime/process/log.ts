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
  if (format === 'json') {
    const stdout = pino.destination({ dest: 1, sync: true })
    return pino({ ...options, hooks: { streamWrite: escapeCommands } }, stdout)
  }
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

/**
 * What JSON leaves as it is and those who show it obey: DEL and C1, which command a terminal, the line separators of
 * Unicode, and what turns the direction of the text that follows (Trojan Source, CVE-2021-42574).
 */
const unescaped = /[\u007F-\u009F\u2028\u2029\p{Bidi_Control}]/gu

/** A line of JSON that says the same, and commands nobody who shows it. */
export const escapeCommands = (line: string): string =>
  line.replace(unescaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The same without them and C0, as its strings are shown unescaped; but for its end. */
export const withoutCommands = (line: string): string =>
  line.replace(/\\u00[01][\da-f]|\\[bfr]/g, ' ').replace(unescaped, ' ')
