/** Something that set-up needs cannot be had; the message alone is for the user and says what to do. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError'
}
