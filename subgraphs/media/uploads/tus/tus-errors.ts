/** What a tus client reads when something is refused: JSON with one of our codes and a sentence, like everywhere else. */
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import { isDiskFull } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'

/** What tus answers with when it is thrown. */
export interface TusRefusal {
  readonly status_code: number
  readonly body: string
}

/** One of tus's own errors, or anything that was thrown on the way. */
export type TusFault = TusRefusal | Error

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  UPLOAD_EXPIRED: 410,
  UPLOAD_REJECTED: 410,
  UPLOAD_TOO_LARGE: 413,
  SIZE_MISMATCH: 413,
  IDEMPOTENCY_KEY_REUSED: 409,
  STORAGE_FULL: 507,
}

/** To be thrown within a tus handler. */
export function tusRefusal(error: DomainError, status = statuses[error.code] ?? 400): TusRefusal {
  const body = `${JSON.stringify({ code: error.code, message: error.message })}\n`
  return { status_code: status, body }
}

/** Turns a domain error into what tus can answer with; anything else passes as it is. */
export async function orTusRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw error instanceof DomainError ? tusRefusal(error) : error
  }
}

/** The answer to what a tus handler threw: nothing of a bug or an outage of ours shows in it. */
export function tusAnswer(fault: TusFault): TusRefusal {
  // What was written stays, and counts when the client goes on.
  if (isDiskFull(fault)) return tusRefusal(new DomainError('STORAGE_FULL'))
  if (!('status_code' in fault) || fault.status_code === 500)
    return tusRefusal(new DomainError('INTERNAL_SERVER_ERROR'), 500)
  const { status_code: status, body } = fault
  if (body.startsWith('{')) return fault
  const code = codeOf(status)
  const message = code === 'BAD_REQUEST' ? `${body.trim().replace(/\.$/, '')}.` : errorCodes[code].meaning
  return tusRefusal(new DomainError(code, message), status)
}

function codeOf(status: number): ErrorCode {
  if (status === 404) return 'NOT_FOUND'
  if (status === 410) return 'UPLOAD_EXPIRED'
  // An upload's own limit was seen to before it was created.
  return status === 413 ? 'SIZE_MISMATCH' : 'BAD_REQUEST'
}
