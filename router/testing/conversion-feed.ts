/** The history of one conversion as a media subgraph would tell it: numbered state changes, progress between, live. */

export interface FeedEvent {
  readonly sequence: number
  readonly type: 'SNAPSHOT' | 'STATE' | 'PROGRESS'
  readonly status: string
  readonly percent: number | null
}

export interface ConversionFeed {
  /** The next state change. */
  state(status: string): void
  progress(percent: number): void
  follow(afterSequence: number | null | undefined): AsyncGenerator<FeedEvent, void, void>
  /** Resolves when so many follow. */
  followers(count: number): Promise<void>
}

export function createConversionFeed(): ConversionFeed {
  const states: FeedEvent[] = [{ sequence: 1, type: 'STATE', status: 'QUEUED', percent: null }]
  const listeners = new Set<(event: FeedEvent) => void>()
  let changed = Promise.withResolvers<void>()
  const last = () => states.at(-1)!
  const tell = (event: FeedEvent) => listeners.forEach((listener) => listener(event))
  const announce = () => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  return {
    state(status) {
      states.push({ sequence: last().sequence + 1, type: 'STATE', status, percent: null })
      tell(last())
    },
    progress: (percent) => tell({ ...last(), type: 'PROGRESS', percent }),
    follow(afterSequence) {
      const missed =
        typeof afterSequence === 'number'
          ? states.filter((event) => event.sequence > afterSequence)
          : [{ ...last(), type: 'SNAPSHOT' as const }]
      return follow(missed, listeners, announce)
    },
    async followers(count) {
      while (listeners.size !== count) await changed.promise
    },
  }
}

function follow(
  waiting: FeedEvent[],
  listeners: Set<(event: FeedEvent) => void>,
  announce: () => void,
): AsyncGenerator<FeedEvent, void, void> {
  let wake = () => {}
  let isOpen = true
  const listener = (event: FeedEvent) => {
    waiting.push(event)
    wake()
  }
  listeners.add(listener)
  announce()
  const close = async () => {
    isOpen = false
    listeners.delete(listener)
    announce()
    wake()
    return { done: true, value: undefined } as const
  }
  return {
    async next() {
      while (isOpen && waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      const value = waiting.shift()
      return value && isOpen ? { done: false, value } : await close()
    },
    return: close,
    throw: close,
    [Symbol.asyncIterator]() {
      return this
    },
    async [Symbol.asyncDispose]() {
      await close()
    },
  }
}
