/** The shell around the state machine: reads, decides, replaces where nothing changed meanwhile, and begins anew on a miss. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConversionDocument, ConversionRecord, Progress } from '#schema/documents/conversion-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ConversionStore } from './conversion-store.ts'
import { carriesWrite, transition, type Command, type Refusal } from './transition.ts'

export type NewConversion = Pick<
  ConversionDocument,
  '_id' | 'ownerId' | 'source' | 'output' | 'warnings' | 'inputDigest' | 'retryOf'
>

export type Applied =
  | { readonly ok: true; readonly record: ConversionRecord }
  | { readonly ok: false; readonly refusal: Refusal | 'UNKNOWN'; readonly record: ConversionRecord | null }

export interface Ledger {
  /**
   * Inserts a QUEUED conversion, or finds the one its id already names.
   * @throws DomainError IDEMPOTENCY_KEY_REUSED when that one was made from other input, DELETED when it was deleted.
   */
  enqueue(conversion: NewConversion, requestId?: string): Promise<ConversionDocument>
  /**
   * Applies a command to whatever the document is by then. A reply that was lost is settled by reading back.
   * @throws Error when the database stays away for some ten seconds; the command may have taken effect, or may still.
   */
  apply(id: string, command: Command): Promise<Applied>
  /** Whether the lease still holds. @throws Error when the database does not answer. */
  beat(id: string, leaseId: string, beat: number, progress: Progress | null): Promise<boolean>
  read(id: string): Promise<ConversionRecord | null>
  page: ConversionStore['page']
  each: ConversionStore['each']
}

export interface LedgerDependencies {
  readonly store: ConversionStore
  /** Told of every record this shell wrote; must not throw. The relay's sweep covers what it misses. */
  readonly announce: (record: ConversionRecord) => void
  readonly now?: () => Date
  /** How the state machine decides, and how the shell waits: given by tests that explore both. */
  readonly decide?: typeof transition
  readonly pause?: (ms: number) => Promise<unknown>
}

export function createLedger(dependencies: LedgerDependencies): Ledger {
  const { store, announce, now = () => new Date(), decide = transition, pause = delay } = dependencies
  const enqueue: Ledger['enqueue'] = async (conversion, requestId) => {
    const document = queued(conversion, requestId ?? null, now(), randomUUID())
    if (await store.insert(document)) {
      announce(document)
      return document
    }
    const existing = await store.read(document._id)
    // Its tombstone was removed between the two.
    if (existing === null) return await enqueue(conversion, requestId)
    if (existing.status === 'DELETED') throw new DomainError('DELETED')
    if (existing.inputDigest !== conversion.inputDigest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
    return existing
  }
  return {
    read: (id) => store.read(id),
    page: (query) => store.page(query),
    each: (query) => store.each(query),
    beat: (id, leaseId, beat, progress) => store.beat(id, leaseId, beat, progress),
    enqueue,

    async apply(id, command) {
      // Writes of ours whose reply was lost: each may have taken effect, or may still.
      const unsettled = new Set<string>()
      const seenBeat = command.type === 'evict' ? command.beat : undefined
      for (;;) {
        const lost = unsettled.size
        const current = lost === 0 ? await store.read(id) : await readBack(store, id, pause, lost)
        if (current === null) return { ok: false, refusal: 'UNKNOWN', record: null }
        if ([...unsettled].some((writeId) => carriesWrite(current, writeId))) {
          announce(current)
          return { ok: true, record: current }
        }
        const writeId = randomUUID()
        const outcome = decide(current, command, { at: now(), writeId })
        if (!outcome.ok) return { ...outcome, record: current }
        // One that is still on its way and this one expect the same revision: at most one of them takes effect.
        try {
          if (!(await store.replace(current.revision, outcome.record, seenBeat))) continue
        } catch (error) {
          unsettled.add(writeId)
          if (unsettled.size > readBackWaitsMs.length) throw error
          continue
        }
        announce(outcome.record)
        return outcome
      }
    },
  }
}

const readBackWaitsMs = [50, 200, 1_000, 3_000, 5_000]

/** Waits the longer the more writes were lost already. @throws the last error when the database stays away. */
async function readBack(
  store: ConversionStore,
  id: string,
  pause: (ms: number) => Promise<unknown>,
  lost: number,
): Promise<ConversionRecord | null> {
  for (const waitMs of readBackWaitsMs.slice(lost - 1)) {
    await pause(waitMs)
    try {
      return await store.read(id)
    } catch {
      // Still away.
    }
  }
  return await store.read(id)
}

function queued(
  conversion: NewConversion,
  requestId: string | null,
  at: Date,
  writeId: string,
): ConversionDocument {
  return {
    ...conversion,
    requestId,
    revision: 1,
    status: 'QUEUED',
    attempt: 0,
    crashes: 0,
    failures: 0,
    retryDelayMs: 0,
    lease: null,
    progress: null,
    events: [{ sequence: 1, type: 'ENQUEUED', status: 'QUEUED', at, writeId }],
    announce: 'pending',
    mail: 'none',
    mp3s: [],
    failure: null,
    linkGeneration: 0,
    createdAt: at,
    startedAt: null,
    finishedAt: null,
  }
}
