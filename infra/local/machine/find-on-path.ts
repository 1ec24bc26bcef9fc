/** Finds a program the way a shell does. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export function findOnPath(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  const candidates = path.split(delimiter).map((folder) => join(folder, program))
  return candidates.find(isExecutable)
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
