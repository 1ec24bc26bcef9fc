/** Runs work side by side: the first failure ends the rest, and nothing is left running when it is reported. */
import pLimit from 'p-limit'

/**
 * @param limit How many at once at most.
 * @returns the results in the items' order. @throws the first failure, or the signal's reason.
 */
export async function runTogether<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal,
  limit = Number.POSITIVE_INFINITY,
): Promise<Result[]> {
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  const turn = pLimit(limit)
  const running = items.map((item, index) =>
    turn(async () => {
      try {
        either.throwIfAborted()
        return await work(item, index, either)
      } catch (error) {
        failed.abort(error)
        throw error
      }
    }),
  )
  const settled = await Promise.allSettled(running)
  signal.throwIfAborted()
  failed.signal.throwIfAborted()
  return settled.map((result) => (result as PromiseFulfilledResult<Result>).value)
}
