/** Acts on one item after another; one that fails must not hold up those behind it. */

/** @throws the first failure, once all items have been seen. */
export async function sweepOver<T>(
  items: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = []
  for await (const item of items) {
    if (signal.aborted) return
    await act(item).catch((error: unknown) => failures.push(error))
  }
  if (failures.length > 0) throw failures[0]
}
