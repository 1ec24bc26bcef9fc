/** Why Earshot cannot be set up or started here; the message alone is for the user and says what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError'
}

/** What was typed makes no sense; nothing was done. */
export class UsageError extends SetUpError {}
