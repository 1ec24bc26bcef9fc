/** Finds a program as a shell does, before anything depends on it. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** @throws Error when there is no such executable on the PATH, or at the absolute path. */
export function findExecutable(name: string): string {
  const found = isAbsolute(name) ? [name].find(isExecutable) : findOnPath(name)
  if (found === undefined) throw new Error(`there is no executable ${name}`)
  return found
}

export function findOnPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
