/** A stream of results that ends at once when its consumer leaves, even while it waits for an event. */
import type { FormattedExecutionResult } from 'graphql'
import type { ResultStream } from '#router/router-context.ts'

export interface ResultSource {
  readonly next: () => Promise<IteratorResult<FormattedExecutionResult, void>>
  /** Called once, when the stream ends for whatever reason; makes a waiting `next` answer. */
  readonly stop: () => void
}

const done = { done: true, value: undefined } as const

/** Written by hand, because a generator function that awaits an event would not return before the event comes. */
export function createResultStream({ next, stop }: ResultSource): ResultStream {
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    stop()
  }
  return {
    async next() {
      if (!isOpen) return done
      try {
        const result = await next()
        if (result.done) close()
        return isOpen ? result : done
      } catch (error) {
        close()
        throw error
      }
    },
    async return() {
      close()
      return done
    },
    async throw(error) {
      close()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      close()
    },
  }
}
