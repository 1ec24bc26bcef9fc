/** The history of one conversion as a media subgraph would send it live: numbered state changes, and progress between them. */
import { waitUntil } from '#runtime/process/wait-until.ts'
import { createNotification } from '#runtime/streams/notification.ts'
import { createStream, type Stream } from '#runtime/streams/create-stream.ts'

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
  follow(afterSequence: number | null | undefined): Stream<FeedEvent>
  /** Resolves when exactly so many subscribers follow it. */
  followers(count: number): Promise<void>
}

export function createConversionFeed(): ConversionFeed {
  const states: FeedEvent[] = [{ sequence: 1, type: 'STATE', status: 'QUEUED', percent: null }]
  const listeners = new Set<(event: FeedEvent) => void>()
  const last = () => states.at(-1)!
  const tell = (event: FeedEvent) => listeners.forEach((listener) => listener(event))
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
      return follow(missed, listeners)
    },
    async followers(count) {
      await waitUntil(`the feed has ${count} followers`, () => listeners.size === count, { everyMs: 1 })
    },
  }
}

function follow(waiting: FeedEvent[], listeners: Set<(event: FeedEvent) => void>): Stream<FeedEvent> {
  const { notify, notified } = createNotification()
  const listener = (event: FeedEvent) => {
    waiting.push(event)
    notify()
  }
  return createStream((ended) => {
    listeners.add(listener)
    ended.addEventListener('abort', () => listeners.delete(listener))
    return eventsFrom(waiting, notified)
  })
}

async function* eventsFrom(waiting: FeedEvent[], notified: () => Promise<void>) {
  for (;;) {
    while (waiting.length > 0) yield waiting.shift()!
    await notified()
  }
}
