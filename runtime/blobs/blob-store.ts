/** Where bytes are kept: the port that GridFS implements today, and an object store may one day. */
import type { Readable } from 'node:stream'
import type { Asker } from '#runtime/fair-queue.ts'

export interface BlobStat {
  readonly sizeBytes: number
}

export interface ByteRange {
  /** First byte, from 0. */
  readonly start: number
  /** Last byte, included. */
  readonly end: number
}

export interface BlobStore {
  /**
   * Keeps all bytes of `source` under a new id; until it resolves, `stat` finds nothing. A write that fails or is
   * aborted may leave bytes behind for `delete`.
   */
  write(id: string, source: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<BlobStat>
  stat(id: string): Promise<BlobStat | null>
  /**
   * The bytes of a blob whose stat the caller knows. The stream fails when a piece of it is missing.
   * @param reader Who has their turn among all readers; our own services without it.
   */
  read(id: string, range: ByteRange, reader?: Asker): Readable
  /** Removes every byte kept under the id, whole blob or not; resolves to whether there were any. */
  delete(id: string): Promise<boolean>
}
