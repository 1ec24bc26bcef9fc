/** The only kind of error whose text a client ever sees. */
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import type { Failure } from '#schema/documents/failure.ts'

/** What is wrong with one value of an operation's input. */
export interface InputProblem {
  /** Where the value stands, such as `input.output.bitrateKbps`. */
  readonly field: string
  readonly message: string
}

/** What helps a client to ask rightly, or at the right time: shown beside the code. */
export interface ErrorDetails {
  /** Which limit was exceeded, what it allows, and what was asked for; null where that was not counted to its end. */
  readonly limit?: string
  readonly allowed?: number
  readonly actual?: number | null
  /** How long to wait before trying again. */
  readonly retryAfterMs?: number
  /** When the limit's count begins anew. */
  readonly until?: string
  /** The place of the first input value that is not allowed, and all that are not. */
  readonly field?: string
  readonly problems?: readonly InputProblem[]
}

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  /** The message is a sentence for the client that says what to do; the catalogue's meaning unless given. */
  constructor(
    code: ErrorCode,
    message: string = errorCodes[code].meaning,
    { details = {}, ...options }: ErrorOptions & { readonly details?: ErrorDetails } = {},
  ) {
    super(message, options)
    this.details = details
    this.name = 'DomainError'
    this.code = code
  }
}

/** The stored form of a domain error. */
export function failureOf(error: DomainError): Failure {
  return { code: error.code, message: error.message, retryable: errorCodes[error.code].retryable }
}
