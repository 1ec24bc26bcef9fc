/** Writes whose reply was lost may have taken effect, or may still: reading back tells, as each record carries the ids of its writes. */
import type { ConversionRecord } from '#schema/documents/conversion-document.ts'

export interface LostReplies {
  /** Sends a write. A lost reply counts as a miss, so that the record is read again. @throws the error once too many were lost. */
  send(next: ConversionRecord, write: () => Promise<boolean>): Promise<boolean>
  /** Reads, after a pause that is the longer the more replies were lost. @throws the last error when the database stays away. */
  readBack<T>(read: () => Promise<T>): Promise<T>
  /** Whether a write whose reply was lost has taken effect in this record. */
  tookEffectIn(record: ConversionRecord): boolean
}

const waitsMs = [50, 200, 1_000, 3_000, 5_000]

/** Of one command. @param pause Waits for so many milliseconds. */
export function createLostReplies(pause: (ms: number) => Promise<unknown>): LostReplies {
  const lost = new Set<string>()
  return {
    async send(next, write) {
      try {
        return await write()
      } catch (error) {
        lost.add(writeIdsOf(next).at(-1)!)
        if (lost.size > waitsMs.length) throw error
        return false
      }
    },
    async readBack(read) {
      if (lost.size === 0) return await read()
      for (const waitMs of waitsMs.slice(lost.size - 1)) {
        await pause(waitMs)
        try {
          return await read()
        } catch {
          // Still away.
        }
      }
      return await read()
    },
    tookEffectIn: (record) => writeIdsOf(record).some((writeId) => lost.has(writeId)),
  }
}

const writeIdsOf = (record: ConversionRecord): string[] =>
  record.status === 'DELETED' ? [record.writeId] : record.events.map(({ writeId }) => writeId)
