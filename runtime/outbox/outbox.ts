/**
 * An outbox: a document says itself which messages it owes the broker, so that no message is lost or made up when the
 * process that wrote it dies. They are published at once after the write, and by a sweep where that failed.
 */
import { createBackground } from '#runtime/process/background.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createSweepOfLeftOver } from '#runtime/process/sweep-left-over.ts'

export interface Outbox<T> extends AsyncDisposable {
  /** Publishes in the background; what fails stays owed, and the sweep comes for it. */
  announce(document: T): void
  /** Publishes and then marks it in the document. @throws Error when one of the two fails: it is still owed. */
  announceNow(document: T): Promise<void>
  /** Publishes what was owed already in the sweep before. To be repeated. */
  sweep(signal: AbortSignal): Promise<void>
}

export interface OutboxDependencies<T> {
  /** Every stored document that owes a message. */
  readonly owing: () => AsyncIterable<T>
  /** Stays the same for as long as the document owes the same. */
  readonly keyOf: (document: T) => string
  readonly publish: (document: T) => Promise<void>
  /** What a log line says of it. */
  readonly about: (document: T) => object
  readonly log: Logger
}

/** Disposing waits for what is being published. */
export function createOutbox<T>({ owing, keyOf, publish, about, log }: OutboxDependencies<T>): Outbox<T> {
  const background = createBackground()
  return {
    announceNow: publish,
    announce(document) {
      const published = publish(document).catch((error: unknown) => {
        const what = { err: error, ...about(document) }
        log.warn(what, 'messages about a document could not be published; the next sweeps will do it')
      })
      background.add(published)
    },
    sweep: createSweepOfLeftOver({ items: owing, keyOf, act: publish }),
    [Symbol.asyncDispose]: () => background[Symbol.asyncDispose](),
  }
}
