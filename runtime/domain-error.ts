/** The only kind of error whose text a client ever sees. */
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import type { Failure } from '#schema/documents/failure.ts'

export class DomainError extends Error {
  readonly code: ErrorCode

  /** The message is a sentence for the client that says what to do; the catalogue's meaning unless given. */
  constructor(code: ErrorCode, message: string = errorCodes[code].meaning, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
  }
}

/** The stored form of a domain error. */
export function failureOf(error: DomainError): Failure {
  return { code: error.code, message: error.message, retryable: errorCodes[error.code].retryable }
}
