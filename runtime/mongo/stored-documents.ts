/**
 * Parses what a collection holds, without letting one malformed document stand in the way of the others, or losing what a
 * newer version of ours has added: two run side by side while one is rolled out, and the older one replaces documents too.
 */
import type { Document } from 'mongodb'
import type * as z from 'zod'
import type { Logger } from '#runtime/process/log.ts'

export interface StoredDocuments<T> {
  /** @throws MalformedDocumentError, of which the log tells once for each document. */
  one(found: Document | null): T | null
  /** Passes malformed documents over; each is logged once. */
  many(found: readonly Document[]): T[]
  /** As `many`, for as long as the cursor has more: nothing is held in memory. */
  each(cursor: AsyncIterable<Document>): AsyncIterable<T>
}

/** A stored document that does not fit its schema. The log has told of it: a sweep need not tell again. */
export class MalformedDocumentError extends Error {
  constructor(collection: string, id: string, options: ErrorOptions) {
    super(`document ${id} of ${collection} is malformed`, options)
    this.name = 'MalformedDocumentError'
  }
}

export function parseStored<T>(schema: z.ZodType<T>, collection: string, log: Logger): StoredDocuments<T> {
  const reported = new Set<string>()
  const parse = (document: Document): T => {
    const parsed = schema.safeParse(document)
    if (parsed.success) return withUnknownFields(parsed.data, document) as T
    const id = String(document['_id'])
    if (!reported.has(id))
      log.error(
        { collection, documentId: id, err: parsed.error },
        'a stored document is malformed; lists and sweeps leave it out',
      )
    reported.add(id)
    throw new MalformedDocumentError(collection, id, { cause: parsed.error })
  }
  const wellFormed = (document: Document): readonly T[] => {
    try {
      return [parse(document)]
    } catch (error) {
      if (error instanceof MalformedDocumentError) return []
      throw error
    }
  }
  return {
    one: (found) => found && parse(found),
    many: (found) => found.flatMap(wellFormed),
    async *each(cursor) {
      for await (const document of cursor) yield* wellFormed(document)
    },
  }
}

/** What was parsed, and each field of what is stored that its schema does not know, at any depth. */
function withUnknownFields(parsed: unknown, stored: unknown): unknown {
  if (Array.isArray(parsed) && Array.isArray(stored))
    return parsed.map((item, index) => withUnknownFields(item, stored[index]))
  if (!isPlain(parsed) || !isPlain(stored)) return parsed
  const known = Object.entries(parsed).map(([name, value]) => [name, withUnknownFields(value, stored[name])])
  return { ...stored, ...Object.fromEntries(known) }
}

/** Neither a Date nor a value of BSON's own. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
