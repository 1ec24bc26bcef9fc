/** Hands the filter of system calls to bubblewrap, which reads it from a descriptor. */
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from '#runtime/process/find-executable.ts'
import { systemCallFilter } from './system-call-filter.ts'

/** Where the filter is open for the command that follows. */
export const filterFd = 9

/**
 * What to put before a command. A shell opens the descriptor, since fluent-ffmpeg passes on none of ours; env(1) takes away
 * the variables that some shells add.
 *
 * @throws Error where we have no filter for the processor.
 */
export const openedFilter = (): readonly string[] => [
  ...[findExecutable('sh'), '-c', `exec "$@" ${filterFd}<"$0"`, heldFilter()],
  ...[findExecutable('env'), '-i'],
]

/**
 * The filter as a file that this process alone holds open, and that is gone with it.
 *
 * @throws Error where we have no filter for the processor.
 */
export function heldFilter(): string {
  const filter = systemCallFilter(process.arch)
  if (filter === undefined) throw new Error(`there is no filter of system calls for ${process.arch}`)
  const folder = mkdtempSync(join(tmpdir(), 'earshot-filter-'))
  const file = join(folder, 'filter')
  try {
    writeFileSync(file, filter, { mode: 0o400 })
    return `/proc/${process.pid}/fd/${openSync(file, 'r')}`
  } finally {
    rmSync(folder, { recursive: true })
  }
}
