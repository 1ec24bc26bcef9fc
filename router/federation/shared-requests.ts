/** Asks the same question once at a time, whoever else asks it meanwhile, and gives it up when the last of them has left. */

export interface SharedRequests<T> {
  /** Null for whoever leaves before the answer is there. */
  ask(key: string, signal: AbortSignal, request: (signal: AbortSignal) => Promise<T>): Promise<T | null>
  /** What is asked from now on gets no answer to an earlier question. */
  startAnew(): void
}

interface Running<T> {
  readonly answer: Promise<T>
  readonly leaving: AbortController
  waiting: number
}

export function createSharedRequests<T>(): SharedRequests<T> {
  const inFlight = new Map<string, Running<T>>()
  const start = (key: string, request: (signal: AbortSignal) => Promise<T>): Running<T> => {
    const leaving = new AbortController()
    const forget = () => void (inFlight.get(key) === running && inFlight.delete(key))
    const answer = request(leaving.signal).finally(forget)
    const running: Running<T> = { answer, leaving, waiting: 0 }
    leaving.signal.addEventListener('abort', forget)
    inFlight.set(key, running)
    return running
  }
  return {
    startAnew: () => inFlight.clear(),
    async ask(key, signal, request) {
      if (signal.aborted) return null
      const running = inFlight.get(key) ?? start(key, request)
      running.waiting += 1
      const left = Promise.withResolvers<null>()
      const leave = () => {
        left.resolve(null)
        if (--running.waiting === 0) running.leaving.abort()
      }
      signal.addEventListener('abort', leave)
      // After the last has left, its failure is nobody's.
      running.answer.catch(() => undefined)
      try {
        return await Promise.race([running.answer, left.promise])
      } finally {
        signal.removeEventListener('abort', leave)
      }
    },
  }
}
