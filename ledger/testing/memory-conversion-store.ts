/** A single-document store in memory whose replies can be lost and whose writes can come late: for tests of the ledger's shell. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'
import { turnLengthMs } from '#ledger/conversion-turns.ts'
import type { ConversionQuery, ConversionStore, Found } from '#ledger/conversion-store.ts'

/** What happens to one call: nothing, its reply is lost after the effect, it never arrives, or it arrives later. */
export type Fault = 'none' | 'reply lost' | 'request lost' | 'late'

export interface MemoryConversionStore extends ConversionStore {
  /** The fault of the next calls that write, in order; none when empty. */
  readonly faults: Fault[]
  /** Lets the writes that were late arrive now. */
  deliverLate(): void
  /** Every stored record, by id. */
  readonly records: ReadonlyMap<string, ConversionRecord>
  /** How many writes took effect. */
  writes(): number
}

export class ConnectionLost extends Error {}

export function createMemoryConversionStore(): MemoryConversionStore {
  const records = new Map<string, ConversionRecord>()
  const turns = new Map<string, number>()
  let reachedTurn = 0
  const faults: Fault[] = []
  const late: (() => void)[] = []
  let writes = 0

  const write = async <T>(effect: () => T): Promise<T> => {
    const fault = faults.shift() ?? 'none'
    if (fault === 'late') late.push(effect)
    if (fault === 'late' || fault === 'request lost') throw new ConnectionLost(fault)
    const reply = effect()
    if (fault === 'reply lost') throw new ConnectionLost(fault)
    return reply
  }
  const put = (record: ConversionRecord) => {
    writes++
    records.set(record._id, structuredClone(record))
  }
  return {
    faults,
    records,
    writes: () => writes,
    deliverLate: () => {
      for (const effect of late.splice(0)) effect()
    },
    insert: (document) =>
      write(() => {
        if (records.has(document._id)) return false
        put(document)
        return true
      }),
    read: async (id) => structuredClone(records.get(id) ?? null),
    replace: (revision, record, beat) =>
      write(() => {
        const stored = records.get(record._id)
        if (stored?.revision !== revision) return false
        if (beat !== undefined && (stored.status === 'DELETED' || stored.lease?.beat !== beat)) return false
        put(record)
        return true
      }),
    beat: (id, leaseId, beat, progress) =>
      write(() => {
        const record = records.get(id)
        if (record?.status !== 'RUNNING' || record.lease?.id !== leaseId) return false
        records.set(id, { ...record, lease: { ...record.lease, beat }, progress })
        return true
      }),
    markAnnounced: (id, revision) =>
      write(() => {
        const record = records.get(id)
        if (record?.revision === revision) records.set(id, { ...record, announce: 'done' })
      }),
    markReady: (id, attempt) =>
      write(() => {
        const record = records.get(id)
        if (record?.status === 'QUEUED' && record.attempt === attempt)
          records.set(id, { ...record, announce: 'done', retryDelayMs: 0 })
      }),
    nextReady: async () => {
      const queued = [...records.values()].filter((record) => record.status === 'QUEUED')
      const ready = queued.filter(({ announce, retryDelayMs }) => announce === 'done' && retryDelayMs === 0)
      return structuredClone(ready.toSorted((one, other) => one.turn - other.turn)[0] ?? null)
    },
    async takeTurn(owner, audioMs) {
      const turn = Math.max(turns.get(owner) ?? 0, reachedTurn)
      turns.set(owner, turn + turnLengthMs(audioMs))
      return turn
    },
    reachTurn: async (turn) => void (reachedTurn = Math.max(reachedTurn, turn)),
    async forgetTurns() {
      for (const [owner, next] of turns) if (next <= reachedTurn) turns.delete(owner)
    },
    markPaid: (id, debt) =>
      write(() => {
        const record = records.get(id)
        if (record?.status === 'SUCCEEDED' || record?.status === 'FAILED')
          records.set(id, { ...record, owes: record.owes.filter((owed) => owed !== debt) })
      }),
    markLinksGiven: (id, linkGeneration) =>
      write(() => {
        const record = records.get(id)
        if (record?.status === 'SUCCEEDED' && record.linkGeneration === linkGeneration)
          records.set(id, { ...record, linksGiven: true })
      }),
    remove: (id, revision) =>
      write(() => {
        if (records.get(id)?.revision === revision) records.delete(id)
      }),
    page: async ({ ownerId, statuses, limit }) => {
      const mine = [...records.values()].flatMap((record) =>
        record.status !== 'DELETED' && record.ownerId === ownerId && statuses.includes(record.status)
          ? [record]
          : [],
      )
      return structuredClone(mine.slice(0, limit))
    },
    async *each<Q extends ConversionQuery>(query: Q) {
      for (const record of records.values())
        if (matches(query, record)) yield structuredClone(record) as Found<Q>
    },
    count: async (query) => [...records.values()].filter((record) => matches(query, record)).length,
  }
}

const matches = (query: ConversionQuery, record: ConversionRecord): boolean =>
  'owes' in query
    ? (record.status === 'SUCCEEDED' || record.status === 'FAILED') && record.owes.includes(query.owes)
    : Object.entries(query).every(([field, value]) => record[field as keyof ConversionRecord] === value)
