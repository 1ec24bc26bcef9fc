/** Where programs and their libraries lie. */
import { dirname } from 'node:path'

/** Beside /usr. On older systems they are folders of their own. */
export const systemFolders: readonly string[] = ['/bin', '/sbin', '/lib', '/lib32', '/lib64']

/** Folders of programs that are installed elsewhere. */
export const foldersOf = (executables: readonly string[]): readonly string[] =>
  [...new Set(executables.map(dirname))].filter((folder) => !/^\/(usr|bin)(\/|$)/.test(folder))
