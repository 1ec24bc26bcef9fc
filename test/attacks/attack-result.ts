/** What came of one attack, or of a group of attacks of one kind. */

/** A row of the table in SECURITY.md. */
export interface AttackResult {
  readonly attack: string
  /** Requests, messages or connections of the attacker. */
  readonly sent: number
  /** Answers that an honest user waited for meanwhile; null where nobody worked beside the attack. */
  readonly honestAnswers: number | null
  /** Those of them that never came, were errors, or came after the attack was over. */
  readonly honestLost: number | null
  /** The most resident memory of each process meanwhile, in MiB; null where it was not watched. */
  readonly peakMemoryMb: Readonly<Record<string, number>> | null
}
