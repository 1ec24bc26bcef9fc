/** The bytes in flight: one file an upload on this replica's disk, named by the hash of its URL's secret. */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Upload } from '@tus/server'

export interface ReceivedFiles {
  /** The tus side of it. */
  readonly tus: FileStore
  pathOf(secretHash: string): string
  create(secretHash: string, sizeBytes: number): Promise<void>
  /** Null when there is no such file. */
  sizeOf(secretHash: string): Promise<number | null>
  /** Removes the bytes and what tus noted of them; removing nothing is fine. */
  remove(secretHash: string): Promise<void>
}

/** Idle uploads end after this time. */
export const uploadLifetimeMs = 24 * 3_600_000

export function createReceivedFiles(directory: string): ReceivedFiles {
  const tus = new FileStore({ directory, expirationPeriodInMilliseconds: uploadLifetimeMs })
  const pathOf = (secretHash: string) => join(directory, secretHash)
  const sizeOf = async (secretHash: string) => {
    try {
      return (await stat(pathOf(secretHash))).size
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
  return {
    tus,
    pathOf,
    sizeOf,
    async create(secretHash, sizeBytes) {
      if ((await sizeOf(secretHash)) !== null) return
      const creation_date = new Date().toISOString()
      await tus.create(
        new Upload({ id: secretHash, size: sizeBytes, offset: 0, metadata: {}, creation_date }),
      )
    },
    async remove(secretHash) {
      await rm(pathOf(secretHash), { force: true })
      await rm(`${pathOf(secretHash)}.json`, { force: true })
    },
  }
}
