import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Db } from 'mongodb'
import { pino } from 'pino'
import { createBlobHolds } from './blob-holds.ts'

const log = pino({ level: 'silent' })

/** Holds as the database keeps them, and a clock of the collector's own. */
function rig() {
  const documents = new Map<string, number>()
  const clock = { ms: 0 }
  const collection = {
    insertOne: async ({ _id, sign }: { _id: string; sign: number }) => void documents.set(_id, sign),
    updateOne: async ({ _id }: { _id: string }) => {
      const sign = documents.get(_id)
      if (sign === undefined) return { matchedCount: 0 }
      documents.set(_id, sign + 1)
      return { matchedCount: 1 }
    },
    deleteOne: async ({ _id, sign }: { _id: string; sign?: number }) => {
      if (sign === undefined || documents.get(_id) === sign) documents.delete(_id)
    },
    find: () => ({ toArray: async () => [...documents].map(([_id, sign]) => ({ _id, sign })) }),
  }
  const database = { collection: () => collection } as unknown as Db
  const holds = createBlobHolds(database, () => clock.ms)
  const later = (ms: number) => {
    clock.ms += ms
    return holds.areTaken()
  }
  return { documents, holds, later }
}

describe('a hold on all blobs', () => {
  it('lasts until its holder lets go, however long that is', async () => {
    const { holds, later } = rig()
    assert.equal(await holds.areTaken(), false)
    {
      await using hold = await holds.take(log)
      for (let minute = 0; minute < 100; minute++) {
        assert.equal(await later(60_000), true)
        await hold.confirm()
      }
    }
    assert.equal(await later(0), false)
  })

  it('of a holder that died is ended by who has seen no sign of it for a minute', async () => {
    const { documents, holds, later } = rig()
    documents.set('of a dead one', 7)
    assert.deepEqual(
      [await holds.areTaken(), await later(59_999), await later(1), documents.size],
      [true, true, false, 0],
    )
  })

  it('tells a holder that was ended meanwhile, however it comes to that', async () => {
    const { documents, holds } = rig()
    await using hold = await holds.take(log)
    await hold.confirm()
    documents.clear()
    await assert.rejects(hold.confirm(), /hold on all blobs was ended/)
  })

  it('of one does not end with that of another', async () => {
    const { holds, later } = rig()
    await using _first = await holds.take(log)
    const second = await holds.take(log)
    await second[Symbol.asyncDispose]()
    assert.equal(await later(0), true)
  })
})
