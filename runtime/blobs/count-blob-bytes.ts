/** Counts what goes into a blob store. */
import { Counter, type Registry } from 'prom-client'
import type { BlobStore } from './blob-store.ts'

/** @returns the same store. */
export function countBlobBytes<S extends BlobStore>(blobs: S, registry: Registry): S {
  const written = new Counter({
    name: 'earshot_blob_written_bytes_total',
    help: 'Bytes of the blobs that the process has stored',
    registers: [registry],
  })
  return {
    ...blobs,
    async write(...given) {
      const stat = await blobs.write(...given)
      written.inc(stat.sizeBytes)
      return stat
    },
  }
}
