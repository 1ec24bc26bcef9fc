/** Sends what libraries write to the console to the log: one line each, and never what would tear a line apart. */
import { inspect } from 'node:util'
import type { Logger } from './log.ts'

const longestLine = 500

/** For the whole process, and for good. A client can bring a library to complain, so its stack traces stay out. */
export function sendConsoleToLog(log: Logger): void {
  const asWarning = (...said: unknown[]) => log.warn({ said: lineOf(said) }, 'a library complained')
  const asDetail = (...said: unknown[]) => log.debug({ said: lineOf(said) }, 'a library said something')
  Object.assign(console, { error: asWarning, warn: asWarning, trace: asWarning })
  Object.assign(console, { log: asDetail, info: asDetail, debug: asDetail })
}

const lineOf = (said: readonly unknown[]): string =>
  said
    .map((one) => {
      if (one instanceof Error) return `${one.name}: ${one.message}`
      return typeof one === 'string' ? one : inspect(one, { depth: 1 })
    })
    .join(' ')
    .slice(0, longestLine)
    .replace(/[\p{Cc}\s]+/gu, ' ')
