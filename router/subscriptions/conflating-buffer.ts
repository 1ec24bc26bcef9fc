/** Holds what a slow consumer has not taken yet: everything that matters, and the newest of what replaces itself. */

export interface ConflatingBufferOptions<T> {
  /** Whether a value makes the one like it before it worthless. */
  readonly isReplaceable: (value: T) => boolean
  /** How many values may wait. */
  readonly capacity: number
  /** What the consumer gets, after the values that wait, when they are more than that. */
  readonly overflow: () => Error
}

export interface ConflatingBuffer<T> {
  push(value: T): void
  /** No more values, for this reason if there is one; those that wait are still given out. */
  end(failure?: Error): void
  /** Forgets everything and ends. */
  discard(): void
  /** For one consumer, which waits for an answer before it asks again. */
  next(): Promise<IteratorResult<T, void>>
}

const done = { done: true, value: undefined } as const

export function createConflatingBuffer<T>({
  isReplaceable,
  capacity,
  overflow,
}: ConflatingBufferOptions<T>): ConflatingBuffer<T> {
  let waiting: T[] = []
  let ending: { failure?: Error | undefined } | null = null
  let wake: () => void = () => undefined

  const end = (failure?: Error) => {
    ending ??= { failure }
    wake()
  }
  return {
    end,
    push(value) {
      if (ending) return
      if (isReplaceable(value)) waiting = waiting.filter((other) => !isReplaceable(other))
      if (waiting.length >= capacity) return end(overflow())
      waiting.push(value)
      wake()
    },
    discard() {
      waiting = []
      ending = {}
      wake()
    },
    async next() {
      while (waiting.length === 0 && !ending) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const value = waiting.shift()
      if (value !== undefined) return { done: false, value }
      const failure = ending?.failure
      ending = {}
      if (failure) throw failure
      return done
    },
  }
}
