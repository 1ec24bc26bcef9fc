/** How much of a kind one file may ask for, all its tracks together, before it is refused. */
import { DomainError } from '#runtime/domain-error.ts'

export interface Budget {
  /** False where nothing is left. It throws nothing: lines are read where nobody could catch it. */
  take(count?: number): boolean
  /** @throws DomainError CORRUPT_FILE where more was asked for than there was. */
  assure(): void
}

function createBudget(most: number, refusal: string): Budget {
  let taken = 0
  return {
    take: (count = 1) => (taken += count) <= most,
    assure() {
      if (taken > most) throw new DomainError('CORRUPT_FILE', refusal)
    },
  }
}

/** An hour of a call's silence has nine thousand. Kept in memory, and the times of the samples in one document of the database. */
export const placeBudget = (most = 300_000): Budget =>
  createBudget(
    most,
    `The times of the file go astray in more than ${most} places, and no more are put right: it is damaged, or made to be so.`,
  )

/** A day of pieces of six seconds, each with a clock of its own, asks for a few hundred thousand. */
export const comparisonBudget = (most = 4_000_000): Budget =>
  createBudget(
    most,
    'The clocks of the file are set anew so often that it cannot be found out when its audio is heard: it is damaged, or made to be so.',
  )
