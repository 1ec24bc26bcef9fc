/** Where things lie in this checkout. */
import { join, resolve } from 'node:path'

export const checkout = resolve(import.meta.dirname, '..', '..')

/** What this machine adds to the checkout: downloads, builds, data, logs. Never committed. */
export const localDirectory = join(checkout, '.local')

/** The folder the user called npm from; npm itself moves to the checkout. */
export function callerDirectory(): string {
  return process.env['INIT_CWD'] ?? process.cwd()
}
