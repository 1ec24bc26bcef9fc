/** Holds what a slow consumer has not taken yet: everything that matters, and the newest of what replaces itself. */
import { createNotification } from '#runtime/streams/notification.ts'

export interface ConflatingQueueOptions<T> {
  /** Whether a value makes the one like it before it worthless. */
  readonly isReplaceable: (value: T) => boolean
  /** How many values may wait. */
  readonly capacity: number
  /** What the consumer gets, after the values that wait, when they are more than that. */
  readonly overflow: () => Error
}

export interface ConflatingQueue<T> {
  push(value: T): void
  /** No more values, for this reason if there is one; those that wait are still given out. */
  end(failure?: Error): void
  /** For one consumer. */
  values(): AsyncGenerator<T, void, void>
}

export function createConflatingQueue<T>({
  isReplaceable,
  capacity,
  overflow,
}: ConflatingQueueOptions<T>): ConflatingQueue<T> {
  let waiting: T[] = []
  let ending: { readonly failure: Error | undefined } | null = null
  const { notify, notified } = createNotification()

  const end = (failure?: Error) => {
    ending ??= { failure }
    notify()
  }
  return {
    end,
    push(value) {
      if (ending) return
      if (isReplaceable(value)) waiting = waiting.filter((other) => !isReplaceable(other))
      if (waiting.length >= capacity) return end(overflow())
      waiting.push(value)
      notify()
    },
    async *values() {
      for (;;) {
        while (waiting.length > 0) yield waiting.shift()!
        if (ending?.failure) throw ending.failure
        if (ending) return
        await notified()
      }
    },
  }
}
