/** What a fault scenario is, how `npm test` runs a short one, and the row it leaves in the table of the long run. */
import { appendFile } from 'node:fs/promises'
import { it } from 'node:test'
import assert from 'node:assert/strict'
import { patienceMs } from './aftermath.ts'
import type { Verdict } from './oracle.ts'
import type { ScenarioResult } from './scenario-result.ts'

export interface ScenarioOptions {
  /** How many faults are injected by `npm test`, and how many by `npm run test:faults -- --long`. */
  readonly faults: { readonly short: number; readonly long: number }
}

export type RunScenario = (faults: number, say: (line: string) => void) => Promise<Verdict>

/** Set by the long run, together with the file that gets a line of JSON for each scenario. */
export const isLongRun = process.env['FAULTS_LONG'] === '1'
const resultsFile = process.env['FAULTS_RESULTS']

/**
 * In `npm test`: the faults, and all the patience the oracle has, so that it says what is missing before node:test says only
 * that time is over; and less than a file has. The long run has an hour.
 */
const shortTimeoutMs = patienceMs + 160_000

export function testScenario(scenario: string, { faults }: ScenarioOptions, run: RunScenario): void {
  it(scenario, isLongRun ? {} : { timeout: shortTimeoutMs }, async (t) => {
    const {
      complaints,
      documents: _,
      ...counts
    } = await run(isLongRun ? faults.long : faults.short, (line) => t.diagnostic(line))
    const result: ScenarioResult = { scenario, ...counts }
    if (resultsFile !== undefined) await appendFile(resultsFile, `${JSON.stringify(result)}\n`)
    t.diagnostic(JSON.stringify(result))
    assert.deepEqual(complaints, [])
  })
}
