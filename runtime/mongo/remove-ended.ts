/** Removes documents that have an end, by a clock that may differ from the one that wrote them. */
import type { Collection, Document, Filter } from 'mongodb'

/** Another process may still be within what is over here. */
const toleranceMs = 60_000

/** @param longestMs How far off an end can be: one beyond that was written by a clock that was wrong. */
export async function removeEnded<T extends Document & { readonly endsAt: Date }>(
  collection: Collection<T>,
  now: Date,
  longestMs: number,
): Promise<void> {
  const [past, never] = [-toleranceMs, longestMs + toleranceMs].map((ms) => new Date(now.getTime() + ms))
  await collection.deleteMany({ endsAt: { $lt: past } } as Filter<T>)
  await collection.deleteMany({ endsAt: { $gt: never } } as Filter<T>)
}
