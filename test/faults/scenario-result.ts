/** What came of one scenario. */

/** A row of the long run's table. */
export interface ScenarioResult {
  readonly scenario: string
  /** Faults injected. */
  readonly injected: number
  /** Conversions that the API accepted. */
  readonly accepted: number
  readonly finished: number
  /** Accepted but not finished, or finished without the bytes, events or mail that are owed. */
  readonly lost: number
  /** Finished, mailed or published twice. */
  readonly doubled: number
  readonly mails: number
  /** Blobs, files, processes and messages that nobody needs any more. */
  readonly orphans: number
  /** The longest from a fault until what it had interrupted ran again; null where nothing was interrupted. */
  readonly worstRecoverySeconds: number | null
}
