/** A blob store of files: some are there from the beginning, and what is written becomes one of a folder. */
import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { BlobStore } from '#runtime/blobs/blob-store.ts'

export interface FolderBlobs extends BlobStore {
  pathOf(id: string): string
}

/** @param given The paths of the files that are there, by their ids. */
export function createFolderBlobs(folder: string, given: Readonly<Record<string, string>>): FolderBlobs {
  const pathOf = (id: string) => given[id] ?? join(folder, id)
  const sizeOf = async (id: string) => ({ sizeBytes: (await stat(pathOf(id))).size })
  return {
    pathOf,
    write: async (id, source, signal) => {
      await pipeline(source, createWriteStream(pathOf(id), { flags: 'wx' }), { signal })
      return await sizeOf(id)
    },
    stat: async (id) => await sizeOf(id).catch(() => null),
    read: (id, { start, end }) => createReadStream(pathOf(id), { start, end }),
    delete: async (id) => {
      const wasThere = (await stat(pathOf(id)).catch(() => null)) !== null
      await rm(pathOf(id), { force: true })
      return wasThere
    },
  }
}
