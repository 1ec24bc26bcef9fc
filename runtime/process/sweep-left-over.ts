/** Acts on what was left over: whoever made a thing sees to it at once, and a sweep comes for it only where that failed. */
import { sweepOver } from './sweep-over.ts'

export interface LeftOver<T> {
  readonly items: () => AsyncIterable<T>
  /** Stays the same for as long as the same is to be done. */
  readonly keyOf: (item: T) => string
  readonly act: (item: T) => Promise<void>
}

/** One sweep. It acts on what was there in the sweep before too: on anything fresher its maker is still at work. */
export function createSweepOfLeftOver<T>({ items, keyOf, act }: LeftOver<T>) {
  let seenBefore: ReadonlySet<string> = new Set()
  return async (signal: AbortSignal): Promise<void> => {
    const seen = new Set<string>()
    await sweepOver(items(), signal, async (item) => {
      seen.add(keyOf(item))
      if (seenBefore.has(keyOf(item))) await act(item)
    }).finally(() => (seenBefore = seen))
  }
}
