/** Walls of bubblewrap: a program sees the files of its job alone, and no network and no other process is there. */
import { lstatSync, readlinkSync } from 'node:fs'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { filterFd, openedFilter } from './opened-filter.ts'
import { foldersOf, systemFolders } from './program-folders.ts'
import type { Access, Jail } from './jail.ts'

/** bubblewrap sets no_new_privs itself. Without /proc; ended with the process that started it. */
export function namespaces(executables: readonly string[]): Jail {
  const walls = [
    ...openedFilter(),
    ...[findExecutable('bwrap'), '--seccomp', `${filterFd}`],
    ...['--unshare-all', '--unshare-user', '--uid', '65534', '--gid', '65534', '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...['--ro-bind', '/usr', '/usr', '--dev', '/dev'],
    ...systemFolders.flatMap(bindSystemFolder),
    ...['/etc/ld.so.cache', '/etc/alternatives'].flatMap((path) => ['--ro-bind-try', path, path]),
    ...foldersOf(executables).flatMap((folder) => ['--ro-bind', folder, folder]),
  ]
  return (access) => [...walls, ...binds(access)]
}

/** In this order: a file that is read stays read-only in a folder that is written to. */
const binds = ({ read, write }: Access): string[] => [
  ...write.flatMap((folder) => ['--bind', folder, folder]),
  ...read.flatMap((file) => ['--ro-bind', file, file]),
]

function bindSystemFolder(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return []
  return found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
}
