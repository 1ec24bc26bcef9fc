/**
 * Walls where no namespaces can be made, as in most containers: Landlock bounds what a program opens, whom it signals and whom it
 * traces, and the filter of system calls the rest. Other files and processes are not hidden: that they are there can be found out.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { heldFilter } from './opened-filter.ts'
import { foldersOf, systemFolders } from './program-folders.ts'
import type { Jail } from './jail.ts'

/** LANDLOCK_ACCESS_FS_* of linux/landlock.h. */
const [execute, writeFile, readFile, readFolder, makeFile, truncate] = [1, 2, 4, 8, 256, 16_384]

const rightsTo = {
  run: execute | readFile | readFolder,
  use: readFile | writeFile,
  read: readFile,
  /** Nothing is removed or renamed there: an MP3 is written once, from its start to its end. */
  write: readFile | writeFile | makeFile | truncate,
} as const

const launcher = join(import.meta.dirname, 'landlock.pl')
const devices = ['null', 'zero', 'full', 'random', 'urandom'].map((name) => `/dev/${name}`)

export function landlock(executables: readonly string[]): Jail {
  const rules = [
    ...allow(
      'run',
      ['/usr', ...systemFolders, ...foldersOf(executables)].filter((path) => existsSync(path)),
    ),
    ...allow(
      'read',
      ['/etc/ld.so.cache'].filter((path) => existsSync(path)),
    ),
    ...allow(
      'use',
      devices.filter((path) => existsSync(path)),
    ),
  ]
  const walls = [findExecutable('perl'), launcher, `${process.pid}`, heldFilter(), ...rules]
  return ({ read, write }) => [...walls, ...allow('write', write), ...allow('read', read), '--']
}

const allow = (what: keyof typeof rightsTo, paths: readonly string[]): string[] =>
  paths.map((path) => `${rightsTo[what]}=${path}`)
