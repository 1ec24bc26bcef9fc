/** How much an attack sends in `npm test` and in the whole suite, and how its row gets into the table. */
import { appendFile } from 'node:fs/promises'
import type { TestContext } from 'node:test'
import type { AttackResult } from './attack-result.ts'

/** Set by the suite, together with the file that gets a line of JSON for each row. */
const resultsFile = process.env['ATTACKS_RESULTS']

/** The whole suite sends what a real attacker would; `npm test` sends enough to fail without the defence. */
export const isWhole = resultsFile !== undefined

export const amount = (bounded: number, whole: number): number => (isWhole ? whole : bounded)

export async function reportAttack(t: Pick<TestContext, 'diagnostic'>, result: AttackResult): Promise<void> {
  t.diagnostic(JSON.stringify(result))
  if (resultsFile !== undefined) await appendFile(resultsFile, `${JSON.stringify(result)}\n`)
}

/** Of an attack that nobody worked beside. */
export const reportAlone = (t: Pick<TestContext, 'diagnostic'>, attack: string, sent: number) =>
  reportAttack(t, { attack, sent, honestAnswers: null, honestLost: null, peakMemoryMb: null })
