/** The shell around the state machine: stores what it decides, and tells whoever announces it. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ConversionDocument, ConversionRecord } from '#schema/documents/conversion-document.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { become, changeDocument } from '#runtime/mongo/change-document.ts'
import { currentTraceparent } from '#runtime/tracing/trace-context.ts'
import { createClaimNext } from './claim-next.ts'
import type { ConversionStore } from './conversion-store.ts'
import { createLostReplies } from './lost-replies.ts'
import { transition, type Applied, type Command, type Refusal } from './transition.ts'

export type NewConversion = Pick<
  ConversionDocument,
  '_id' | 'ownerId' | 'source' | 'output' | 'warnings' | 'inputDigest' | 'retryOf' | 'toBeMailed'
>

/** Conversions as everybody else sees them: whoever needs a part of it takes a Pick. */
export interface Ledger extends Pick<
  ConversionStore,
  'read' | 'page' | 'each' | 'count' | 'beat' | 'markPaid' | 'markLinksGiven' | 'remove'
> {
  /**
   * Inserts a QUEUED conversion, or finds the one its id already names.
   * @throws DomainError IDEMPOTENCY_KEY_REUSED when that one was made from other input, DELETED when it was deleted.
   */
  enqueue(conversion: NewConversion, order?: Order): Promise<ConversionDocument>
  /**
   * Applies a command to whatever the document is by then. Where a reply is lost, reading back tells whether it was applied.
   * @throws Error when the database stays away for some ten seconds; the command may have taken effect, or may still.
   */
  apply(id: string, command: Command): Promise<Applied>
  /** Begins the conversion whose turn it is, for a worker that was sent a command; null where none is ready. */
  claimNext: ReturnType<typeof createClaimNext>
}

/** What is known of an order besides the conversion. */
export interface Order {
  readonly requestId?: string | undefined
  /** With whom it takes its turn; its owner where none is given. */
  readonly turnOf?: string
  /** Stands in the first event of what this order inserts: who does not find it there has found another's. */
  readonly writeId?: string
}

export interface LedgerDependencies {
  readonly store: ConversionStore
  /** Told of every record this shell wrote; must not throw. The outbox's sweep covers what it misses. */
  readonly announce: (record: ConversionRecord) => void
  readonly now?: () => Date
  /** How the state machine decides, and how the shell waits: given by tests that explore both. */
  readonly decide?: typeof transition
  readonly pause?: (ms: number) => Promise<unknown>
}

export function createLedger(dependencies: LedgerDependencies): Ledger {
  const { store, announce, now = () => new Date(), decide = transition, pause = delay } = dependencies
  const { read, page, each, count, beat, markPaid, markLinksGiven, remove } = store
  const enqueue: Ledger['enqueue'] = async (conversion, order = {}) => {
    const { requestId = null, turnOf = conversion.ownerId, writeId = randomUUID() } = order
    const turn = await store.takeTurn(turnOf, conversion.source.durationMs)
    const placed = { requestId, traceparent: currentTraceparent(), turn }
    const document = queued({ ...conversion, ...placed }, now(), writeId)
    if (await store.insert(document)) {
      announce(document)
      return document
    }
    const existing = await store.read(document._id)
    // Its tombstone was removed between the two.
    if (existing === null) return await enqueue(conversion, order)
    if (existing.status === 'DELETED') throw new DomainError('DELETED')
    if (existing.inputDigest !== conversion.inputDigest) throw new DomainError('IDEMPOTENCY_KEY_REUSED')
    return existing
  }
  const apply: Ledger['apply'] = async (id, command) => {
    const seenBeat = command.type === 'evict' ? command.beat : undefined
    const replies = createLostReplies(pause)
    const applied = await changeDocument<ConversionRecord, ConversionRecord, Refusal>(
      {
        read: () => replies.readBack(() => store.read(id)),
        // One that is still on its way and this one expect the same revision: at most one of them takes effect.
        replace: ({ revision }, next) => replies.send(next, () => store.replace(revision, next, seenBeat)),
      },
      (current) =>
        replies.tookEffectIn(current)
          ? become(current)
          : decide(current, command, { at: now(), writeId: randomUUID() }),
    )
    if (applied.ok) announce(applied.record)
    return applied
  }
  return {
    read,
    page,
    each,
    count,
    beat,
    markPaid,
    markLinksGiven,
    remove,
    enqueue,
    apply,
    claimNext: createClaimNext({ store, apply }),
  }
}

function queued(
  conversion: NewConversion & Pick<ConversionDocument, 'requestId' | 'traceparent' | 'turn'>,
  at: Date,
  writeId: string,
): ConversionDocument {
  return {
    ...conversion,
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
    owes: [],
    mp3s: [],
    failure: null,
    linkGeneration: 0,
    linksGiven: false,
    createdAt: at,
    startedAt: null,
    finishedAt: null,
  }
}
