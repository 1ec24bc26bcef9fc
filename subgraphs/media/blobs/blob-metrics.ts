/** What an operator watches of the blob store. Every replica tells the same, so it is read as a maximum. */
import type { Db } from 'mongodb'
import { Gauge, type Registry } from 'prom-client'

/** While the database is away nothing is told. */
export function watchBlobs(registry: Registry, database: Db): void {
  const registers = [registry]
  const tell = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // What is not known has no sample.
        this.remove()
        await read().then(
          (value) => this.set(value),
          () => undefined,
        )
      },
    })
  const count = () => database.collection('fs.files').estimatedDocumentCount()
  tell('earshot_blobs_stored', 'Blobs that are kept', count)
  tell(
    'earshot_blobs_stored_bytes',
    'Bytes that are kept of all blobs, before the database compresses them',
    async () =>
      (await count()) === 0 ? 0 : Number((await database.command({ collStats: 'fs.chunks' }))['size']),
  )
}
