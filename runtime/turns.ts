/** What waits, by whom it belongs to: each owner has their turn, however much the others have waiting. */

export interface Turns<T> {
  readonly size: number
  /** Adding one twice does no harm. */
  add(ownerId: string, item: T): void
  /** Takes the oldest of the owner whose turn it is; undefined where nothing waits. */
  next(): T | undefined
  remove(ownerId: string, item: T): void
  countOf(ownerId: string): number
  /** Takes the newest of the owner who has most waiting, where those are more than so many; undefined where nobody has. */
  takeFromLongest(moreThan: number): T | undefined
}

/** Maps and sets iterate in the order of insertion: who had their turn goes to the end. */
export function createTurns<T>(): Turns<T> {
  const owners = new Map<string, Set<T>>()
  const countOf = (ownerId: string) => owners.get(ownerId)?.size ?? 0
  const remove = (ownerId: string, item: T) => {
    const waiting = owners.get(ownerId)
    if (waiting?.delete(item) && waiting.size === 0) owners.delete(ownerId)
  }
  return {
    get size() {
      return owners.values().reduce((sum, waiting) => sum + waiting.size, 0)
    },
    add(ownerId, item) {
      const waiting = owners.get(ownerId) ?? new Set()
      owners.set(ownerId, waiting.add(item))
    },
    next() {
      for (const [ownerId, waiting] of owners) {
        owners.delete(ownerId)
        for (const item of waiting) {
          waiting.delete(item)
          if (waiting.size > 0) owners.set(ownerId, waiting)
          return item
        }
      }
      return undefined
    },
    remove,
    countOf,
    takeFromLongest(moreThan) {
      const longest = [...owners.keys()].reduce<string | undefined>(
        (most, ownerId) => (most === undefined || countOf(ownerId) > countOf(most) ? ownerId : most),
        undefined,
      )
      if (longest === undefined || countOf(longest) <= moreThan) return undefined
      const newest = [...owners.get(longest)!].at(-1)!
      remove(longest, newest)
      return newest
    },
  }
}
