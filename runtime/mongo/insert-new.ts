/** Inserts a document unless its id, or another unique key of it, exists: the same request, repeated, changes nothing. */
import { MongoServerError, type Collection, type Document, type OptionalUnlessRequiredId } from 'mongodb'

/** Resolves to whether it was this call that inserted it. */
export async function insertNew<T extends Document>(
  collection: Collection<T>,
  document: NoInfer<OptionalUnlessRequiredId<T>>,
): Promise<boolean> {
  try {
    await collection.insertOne(document)
    return true
  } catch (error) {
    if (error instanceof MongoServerError && error.code === duplicateKey) return false
    throw error
  }
}

const duplicateKey = 11_000
