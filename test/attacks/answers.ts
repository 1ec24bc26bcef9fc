/** What an honest user waits for during an attack: each answer is written down when it is asked for, and again when it comes. */

export interface Answers {
  /** Writes down that this is waited for, and what becomes of it. */
  await<T>(what: string, answer: Promise<T>): Promise<T>
  /** How many were asked for. */
  readonly count: number
  /** Those that have not come, or were errors; each in words. Asked when the attack is over: they came too late, if ever. */
  lost(): readonly string[]
}

interface Entry {
  readonly what: string
  outcome: 'waited for' | 'came' | Error
}

export function createAnswers(): Answers {
  const entries: Entry[] = []
  return {
    async await(what, answer) {
      const entry: Entry = { what, outcome: 'waited for' }
      entries.push(entry)
      try {
        const came = await answer
        entry.outcome = 'came'
        return came
      } catch (error) {
        entry.outcome = error as Error
        throw error
      }
    },
    get count() {
      return entries.length
    },
    lost: () =>
      entries
        .filter(({ outcome }) => outcome !== 'came')
        .map(({ what, outcome }) => `${what}: ${String(outcome)}`),
  }
}
