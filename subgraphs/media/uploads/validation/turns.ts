/** What waits, by whom it belongs to: each owner has their turn, however much the others have waiting. */

export interface Turns {
  /** Adding one twice does no harm. */
  add(ownerId: string, id: string): void
  /** Takes the oldest of the owner whose turn it is; undefined where nothing waits. */
  next(): string | undefined
}

/** Maps and sets iterate in the order of insertion: who had their turn goes to the end. */
export function createTurns(): Turns {
  const owners = new Map<string, Set<string>>()
  return {
    add(ownerId, id) {
      const waiting = owners.get(ownerId) ?? new Set()
      owners.set(ownerId, waiting.add(id))
    },
    next() {
      for (const [ownerId, waiting] of owners) {
        owners.delete(ownerId)
        for (const id of waiting) {
          waiting.delete(id)
          if (waiting.size > 0) owners.set(ownerId, waiting)
          return id
        }
      }
      return undefined
    },
  }
}
