/** Parses what a collection holds, without letting one malformed document stand in the way of the others. */
import type { Document } from 'mongodb'
import type * as z from 'zod'
import type { Logger } from '#runtime/process/log.ts'

export interface StoredDocuments<T> {
  /** @throws ZodError when the document is malformed. */
  one(found: Document | null): T | null
  /** Passes malformed documents over; each is logged once. */
  many(found: readonly Document[]): T[]
  /** As `many`, for as long as the cursor has more: nothing is held in memory. */
  each(cursor: AsyncIterable<Document>): AsyncIterable<T>
}

export function parseStored<T>(schema: z.ZodType<T>, collection: string, log: Logger): StoredDocuments<T> {
  const reported = new Set<string>()
  const wellFormed = (document: Document): readonly T[] => {
    const parsed = schema.safeParse(document)
    if (parsed.success) return [parsed.data]
    const id = String(document['_id'])
    if (!reported.has(id))
      log.error(
        { collection, documentId: id, err: parsed.error },
        'a stored document is malformed; lists and sweeps leave it out',
      )
    reported.add(id)
    return []
  }
  return {
    one: (found) => found && schema.parse(found),
    many: (found) => found.flatMap(wellFormed),
    async *each(cursor) {
      for await (const document of cursor) yield* wellFormed(document)
    },
  }
}
