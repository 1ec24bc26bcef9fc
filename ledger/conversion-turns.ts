/**
 * Whose conversion comes next: start-time fair queueing (Goyal et al., SIGCOMM 1996) in milliseconds of audio. An owner's
 * next conversion stands behind what they ordered before, but never before the turn that was begun last: whoever has
 * ordered little comes soon, however much the others have waiting, and idleness saves up nothing.
 */
import type { Db } from 'mongodb'
import { insertNew } from '#runtime/mongo/insert-new.ts'

export interface ConversionTurns {
  /** Gives the next conversion of an owner its turn; many at once get one each. */
  takeTurn(owner: string, audioMs: number): Promise<number>
  /** A conversion of this turn is being begun: who comes now does not come before it. */
  reachTurn(turn: number): Promise<void>
  /** Forgets owners who stand no farther than somebody new would. */
  forgetTurns(): Promise<void>
}

export interface PreparedTurns extends ConversionTurns {
  prepare(): Promise<void>
}

interface TurnDocument {
  /** Whoever takes turns as one: a user, or all at an address who have verified none; `reached` for how far everybody is. */
  readonly _id: string
  /** Where their next conversion stands; of `reached`: the farthest turn that was begun. */
  readonly next: number
}

/** What a conversion costs beside its audio, so that very many very short ones are no way around. */
const setUpMs = 60_000

export const turnLengthMs = (audioMs: number): number => setUpMs + Math.ceil(audioMs)

const reached = 'reached'

export function createConversionTurns(database: Db): PreparedTurns {
  const collection = database.collection<TurnDocument>('turns')
  const reachedTurn = async () => (await collection.findOne({ _id: reached }))?.next ?? 0
  const takeTurn: ConversionTurns['takeTurn'] = async (owner, audioMs) => {
    const soonest = await reachedTurn()
    await collection.updateOne({ _id: owner, next: { $lt: soonest } }, { $set: { next: soonest } })
    const length = turnLengthMs(audioMs)
    const before = await collection.findOneAndUpdate(
      { _id: owner },
      { $inc: { next: length } },
      { returnDocument: 'before' },
    )
    if (before !== null) return before.next
    if (await insertNew(collection, { _id: owner, next: soonest + length })) return soonest
    // Somebody else inserted it between the two.
    return await takeTurn(owner, audioMs)
  }
  return {
    prepare: async () => void (await collection.createIndex({ next: 1 })),
    takeTurn,
    async reachTurn(turn) {
      const { matchedCount } = await collection.updateOne({ _id: reached }, { $max: { next: turn } })
      if (matchedCount === 0 && !(await insertNew(collection, { _id: reached, next: turn })))
        await collection.updateOne({ _id: reached }, { $max: { next: turn } })
    },
    async forgetTurns() {
      await collection.deleteMany({ _id: { $ne: reached }, next: { $lte: await reachedTurn() } })
    },
  }
}
