/** The composed schema, read from its file and again whenever the file changes. */
import { readFile } from 'node:fs/promises'
import type { SupergraphSdlHook } from '@apollo/gateway'
import { repeat } from '#runtime/process/repeat.ts'
import type { Logger } from '#runtime/process/log.ts'

export interface SupergraphFileOptions {
  readonly path: string | URL
  readonly log: Logger
  /** Read rather than watched: a mounted configuration changes by links that file watching does not follow. */
  readonly everyMs?: number
}

/** A schema that cannot be used is logged once; the one before it stays in force. */
export function createSupergraphFile({
  path,
  log,
  everyMs = 2_000,
}: SupergraphFileOptions): SupergraphSdlHook {
  return async ({ update }) => {
    const supergraphSdl = await readFile(path, 'utf8')
    let current = supergraphSdl
    const reload = async () => {
      const next = await readFile(path, 'utf8')
      if (next === current) return
      current = next
      update(next)
      log.info('the schema file has changed; the new schema is in force')
    }
    const reloading = repeat(reload, { name: 'schema reload', everyMs, log })
    return { supergraphSdl, cleanup: async () => await reloading[Symbol.asyncDispose]() }
  }
}
