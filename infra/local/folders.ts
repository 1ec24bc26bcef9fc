/** The folders of this checkout. */
import { join, resolve } from 'node:path'

export const checkout = resolve(import.meta.dirname, '..', '..')

/** What this machine adds to the checkout: downloads, builds, data, logs. Never committed. */
export const localDirectory = join(checkout, '.local')

/** Where Node keeps compiled code: every process after the first starts in less than half the time. */
export const compileCache = join(localDirectory, 'compile-cache')

/** The folder the user called npm from; npm itself moves to the checkout. */
export function callerDirectory(): string {
  return process.env['INIT_CWD'] ?? process.cwd()
}
