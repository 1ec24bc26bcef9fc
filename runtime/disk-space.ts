/** How much a disk still holds, and what it looks like when it holds no more. */
import { statfs } from 'node:fs/promises'
import { Gauge, type Registry } from 'prom-client'
import { createDiskGrowth } from './disk-growth.ts'

export interface DiskSpace {
  /** Whether as many bytes fit while the reserve stays free: it is for what was begun already. */
  hasRoomFor(bytes: number): Promise<boolean>
}

export interface DiskSpaceOptions {
  readonly directory: string
  readonly reserveBytes: number
  readonly metrics?: Registry
}

export function createDiskSpace({ directory, reserveBytes, metrics }: DiskSpaceOptions): DiskSpace {
  const registers = metrics ? [metrics] : []
  const growth = createDiskGrowth()
  const grown = new Gauge({
    name: 'earshot_disk_grown_bytes',
    help: 'How much less is free on that disk than an hour ago, or than when the process began',
    registers,
  })
  const freeBytes = async () => {
    const { bavail, bsize } = await statfs(directory)
    grown.set(growth(bavail * bsize))
    return bavail * bsize
  }
  const free: Gauge = new Gauge({
    name: 'earshot_disk_free_bytes',
    help: 'Free bytes on the disk of the files at work',
    registers,
    collect: async () => free.set(await freeBytes()),
  })
  return { hasRoomFor: async (bytes) => (await freeBytes()) - bytes >= reserveBytes }
}

/** There would not be room; nothing was written. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError'
}

/** MongoDB's OutOfDiskSpace (mongo/base/error_codes.yml). */
const outOfDiskSpace = 14_031

/** Whether an error, or what caused it, is a disk's, a quota's or a database's being full. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DiskFullError) return true
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' || code === outOfDiskSpace || isDiskFull(error.cause)
}
