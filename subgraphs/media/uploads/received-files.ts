/** The bytes in flight: one file an upload on this replica's disk, named by the hash of its URL's secret, and read by its user alone. */
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface ReceivedFiles {
  readonly directory: string
  pathOf(secretHash: string): string
  /** An empty file, unless there is one. */
  create(secretHash: string): Promise<void>
  /** Null when there is no such file. */
  sizeOf(secretHash: string): Promise<number | null>
  /** A fresh folder for what is made of an upload's file; gone when it is disposed, or with the file. */
  createWorkFolder(secretHash: string): Promise<AsyncDisposable & { readonly path: string }>
  /** The secret hashes of every upload that has something on the disk. */
  list(): Promise<string[]>
  /** Removes the bytes, and what was made of them; removing nothing is fine. */
  remove(secretHash: string): Promise<void>
}

/** An upload that is not finished, or not converted, this long after its creation ends. */
export const uploadLifetimeMs = 24 * 3_600_000

export function createReceivedFiles(directory: string): ReceivedFiles {
  const pathOf = (secretHash: string) => join(directory, secretHash)
  const removeFolder = (secretHash: string) =>
    rm(`${pathOf(secretHash)}.work`, { recursive: true, force: true })
  const sizeOf = async (secretHash: string) => {
    try {
      return (await stat(pathOf(secretHash))).size
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }
  return {
    directory,
    pathOf,
    sizeOf,
    async create(secretHash) {
      const file = await open(pathOf(secretHash), 'a', 0o600)
      await file.close()
    },
    async createWorkFolder(secretHash) {
      const path = `${pathOf(secretHash)}.work`
      // A validation that a crash cut off may have left one.
      await removeFolder(secretHash)
      await mkdir(path, { mode: 0o700 })
      return { path, [Symbol.asyncDispose]: () => removeFolder(secretHash) }
    },
    async list() {
      const names = await readdir(directory)
      return [...new Set(names.map((name) => name.replace(/\.work$/, '')))].filter(isSecretHash)
    },
    async remove(secretHash) {
      await rm(pathOf(secretHash), { force: true })
      await removeFolder(secretHash)
    },
  }
}

const isSecretHash = (name: string): boolean => /^[0-9a-f]{64}$/.test(name)
