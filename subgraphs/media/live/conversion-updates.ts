/** One subscriber's view of a conversion: every state change in order, the newest progress, and then the end. */
import type { ConversionDocument, RunningConversion } from '#schema/documents/conversion-document.ts'
import type { ConversionUpdateSource } from '#schema/resolvers/conversion-update.ts'
import type { ConversionProgressed } from '#schema/messages/conversion-progressed.ts'
import { isFinished } from '#ledger/transition.ts'
import { createStream, type Stream } from '#runtime/streams/create-stream.ts'
import { createNotification } from '#runtime/streams/notification.ts'
import type { LiveHub } from './live-hub.ts'

export interface ConversionUpdatesDependencies {
  readonly hub: Pick<LiveHub, 'listen'>
  /** @throws DomainError NOT_FOUND when it is not there any more or not this subscriber's. */
  readonly readConversion: (id: string) => Promise<ConversionDocument>
  /** Covers a last message that was lost. */
  readonly rereadEveryMs?: number
}

/**
 * Listens first, then reads, so that nothing falls in between. State changes are taken from the document's own events,
 * so however slow the subscriber and however many messages were lost, they come without gap; of progress only the
 * newest waits. Memory for each subscriber is one document.
 */
export function conversionUpdates(
  { hub, readConversion, rereadEveryMs = 15_000 }: ConversionUpdatesDependencies,
  id: string,
  afterSequence: number | null,
): Stream<ConversionUpdateSource> {
  return createStream(async function* (ended) {
    const news = listenForNews(hub, id, rereadEveryMs, ended)
    let document: ConversionDocument | null = null
    let sequence = afterSequence
    for (;;) {
      if (news.takeStale()) {
        document = await readConversion(id)
        yield* changesAfter(sequence, document)
        sequence = Math.max(sequence ?? 0, document.revision)
        continue
      }
      const message = news.takeProgress()
      if (message === null) {
        if (document && isFinished(document)) return
        await news.arrived()
      } else if (document?.status === 'RUNNING' && message.attempt === document.attempt)
        yield progressOf(message, document)
    }
  })
}

/** What came in since it was taken: at first that nothing was read yet. */
function listenForNews(hub: Pick<LiveHub, 'listen'>, id: string, rereadEveryMs: number, ended: AbortSignal) {
  let isStale = true
  let progress: ConversionProgressed | null = null
  const { notify, notified } = createNotification()
  const changed = () => {
    isStale = true
    notify()
  }
  const progressed = (message: ConversionProgressed) => {
    progress = message
    notify()
  }
  const stopListening = hub.listen(id, { changed, progressed })
  const rereading = setInterval(changed, rereadEveryMs)
  ended.addEventListener('abort', () => {
    clearInterval(rereading)
    stopListening()
  })
  return {
    arrived: notified,
    takeStale() {
      const wasStale = isStale
      isStale = false
      return wasStale
    },
    takeProgress() {
      const newest = progress
      progress = null
      return newest
    },
  }
}

function* changesAfter(
  sequence: number | null,
  document: ConversionDocument,
): Generator<ConversionUpdateSource, void> {
  if (sequence === null) return yield snapshotOf(document)
  for (const event of document.events)
    if (event.sequence > sequence) yield { ...event, type: 'STATE', conversion: document }
}

function snapshotOf(document: ConversionDocument): ConversionUpdateSource {
  const last = document.events.at(-1)!
  return {
    sequence: document.revision,
    type: 'SNAPSHOT',
    status: document.status,
    at: last.at,
    conversion: document,
  }
}

function progressOf(
  { progress, at }: ConversionProgressed,
  document: RunningConversion,
): ConversionUpdateSource {
  const { revision } = document
  const conversion = { ...document, progress }
  return { sequence: revision, type: 'PROGRESS', status: 'RUNNING', at: new Date(at), conversion }
}
