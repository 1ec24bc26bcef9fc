/** Acts on one item after another; one that fails must not hold up those behind it. */
import { MalformedDocumentError } from '#runtime/mongo/stored-documents.ts'

/** Passes over an item that leads to a malformed document. @throws the first other failure, once all items have been seen. */
export async function sweepOver<T>(
  items: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  for await (const item of items) {
    if (signal.aborted) return
    await act(item).catch((error: unknown) => {
      if (!(error instanceof MalformedDocumentError)) failures.push(error)
    })
  }
  if (failures.length > 0) throw failures[0]
}
