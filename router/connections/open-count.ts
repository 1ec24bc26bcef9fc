/** Counts what is open at once for each key, and lets none have more than a limit. */

export interface OpenCount {
  /** Counts one more, until the returned function is called; null where the key has as many as it may. */
  take(key: string): (() => void) | null
}

export function createOpenCount(most: number): OpenCount {
  const open = new Map<string, number>()
  return {
    take(key) {
      const already = open.get(key) ?? 0
      if (already >= most) return null
      open.set(key, already + 1)
      let isTaken = true
      return () => {
        if (!isTaken) return
        isTaken = false
        const left = open.get(key)! - 1
        if (left === 0) open.delete(key)
        else open.set(key, left)
      }
    },
  }
}
