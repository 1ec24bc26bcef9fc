/**
 * Streams that their consumer may leave at any moment. A bare async generator that awaits something would be left only
 * once that has come: `return` waits in line behind `next`.
 */

export type Stream<T> = AsyncGenerator<T, void, void>

const done = { done: true, value: undefined } as const

/**
 * The stream of what a generator yields. It ends at once when its consumer leaves, even while the generator waits.
 *
 * `start` is called now, and gets a signal that is aborted when the stream has ended, for whatever reason: by it the
 * generator gives back what it holds, since one that waits in vain never reaches a `finally`. The body of a generator
 * function runs from the first `next` on.
 *
 * @param signal Ends the stream as well.
 * @example createStream(async function* (ended) {
 *   const stopListening = hub.listen(id, listener)
 *   ended.addEventListener('abort', stopListening)
 *   for (;;) yield await nextUpdate()
 * })
 */
export function createStream<T>(
  start: (ended: AbortSignal) => AsyncIterator<T, void, void>,
  signal?: AbortSignal,
): Stream<T> {
  const ending = new AbortController()
  const end = () => {
    signal?.removeEventListener('abort', end)
    ending.abort()
  }
  signal?.addEventListener('abort', end)
  const source = start(ending.signal)
  if (signal?.aborted) end()

  const nextOrEnd = async (): Promise<IteratorResult<T, void>> => {
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<T, void>>()
    const leave = () => resolve(done)
    ending.signal.addEventListener('abort', leave)
    // Not by Promise.race: the signal's promise would keep every answer until the stream ends.
    source.next().then(resolve, reject)
    return await promise.finally(() => ending.signal.removeEventListener('abort', leave))
  }
  return {
    async next() {
      if (ending.signal.aborted) return done
      try {
        const result = await nextOrEnd()
        if (result.done) end()
        return ending.signal.aborted ? done : result
      } catch (error) {
        end()
        throw error
      }
    },
    async return() {
      end()
      return done
    },
    async throw(error) {
      end()
      throw error
    },
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      end()
    },
  }
}
