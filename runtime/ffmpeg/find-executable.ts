/** Finds a program as a shell does, before anything depends on it. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** @throws Error when there is no such executable on the PATH, or at the absolute path. */
export function findExecutable(name: string): string {
  const candidates = isAbsolute(name)
    ? [name]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name))
  for (const candidate of candidates) {
    try {
      accessSync(candidate, constants.X_OK)
      if (statSync(candidate).isFile()) return candidate
    } catch {
      // Not this one.
    }
  }
  throw new Error(`there is no executable ${name}`)
}
