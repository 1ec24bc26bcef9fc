/** A failure whose sentence tells an operator what to do; anything else is a defect and comes with its stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
