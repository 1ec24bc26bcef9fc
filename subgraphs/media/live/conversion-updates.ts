/** One subscriber's view of a conversion: every state change in order, the newest progress, and then the end. */
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { ConversionUpdateSource } from '#schema/resolvers/conversion-update.ts'
import type { ConversionProgressed } from '#schema/messages/conversion-progressed.ts'
import { isFinished } from '#ledger/transition.ts'
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
): AsyncIterableIterator<ConversionUpdateSource> {
  let stale = true
  let progress: ConversionProgressed | null = null
  let document: ConversionDocument | null = null
  let sequence = afterSequence
  let ended = false
  const ready: ConversionUpdateSource[] = []
  let wake = () => {}

  const notice = () => wake()
  const stopListening = hub.listen(id, {
    changed: () => {
      stale = true
      notice()
    },
    progressed: (message) => {
      progress = message
      notice()
    },
  })
  const reread = setInterval(() => {
    stale = true
    notice()
  }, rereadEveryMs)
  const end = () => {
    ended = true
    clearInterval(reread)
    stopListening()
    notice()
  }

  const readChanges = async () => {
    stale = false
    const current = await readConversion(id)
    document = current
    if (sequence === null) ready.push(snapshotOf(current))
    for (const event of current.events) {
      if (sequence !== null && event.sequence > sequence)
        ready.push({ ...event, type: 'STATE', conversion: current })
    }
    sequence = Math.max(sequence ?? 0, current.revision)
  }
  const takeProgress = () => {
    const message = progress
    progress = null
    if (
      message === null ||
      document === null ||
      message.attempt !== document.attempt ||
      document.status !== 'RUNNING'
    )
      return
    const conversion = { ...document, progress: message.progress }
    ready.push({
      sequence: document.revision,
      type: 'PROGRESS',
      status: 'RUNNING',
      at: new Date(message.at),
      conversion,
    })
  }
  const next = async (): Promise<IteratorResult<ConversionUpdateSource, undefined>> => {
    for (;;) {
      if (ended) return { done: true, value: undefined }
      const first = ready.shift()
      if (first) return { done: false, value: first }
      if (stale) await readChanges()
      else if (progress) takeProgress()
      else if (document && isFinished(document)) end()
      else await new Promise<void>((resolve) => void (wake = resolve))
    }
  }
  return {
    next: () =>
      next().catch((error: unknown) => {
        end()
        throw error
      }),
    // Not a generator: one that waits would not let itself be ended before its next event.
    return: async () => {
      end()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
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
