/** What a tus client is answered when something goes wrong: the shape that all errors about bytes have, under a status. */
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import { byteErrorBody } from '#runtime/byte-error.ts'
import { retryAfterOf } from '#runtime/retry-after.ts'
import { isDiskFull } from '#runtime/disk-space.ts'
import { DomainError } from '#runtime/domain-error.ts'

export class TusRefusal extends Error {
  readonly code: ErrorCode
  // By these names the library reads what to answer.
  readonly status_code: number
  readonly body: string
  readonly retryAfter: string | undefined

  /** @param status Where the tus protocol has one that says more than the code's own. */
  constructor(error: DomainError, status: number = errorCodes[error.code].httpStatus) {
    super(error.message, { cause: error })
    this.name = 'TusRefusal'
    this.code = error.code
    this.status_code = status
    this.retryAfter = retryAfterOf(error)
    this.body = JSON.stringify(byteErrorBody(error))
  }
}

/** What the library throws for requests that break its protocol. */
interface ProtocolFault {
  readonly status_code: number
  readonly body: string
}

/** The answer to whatever was thrown while a request was handled: nothing of a bug or an outage of ours shows in it. */
export function tusRefusalOf(fault: Error | ProtocolFault): TusRefusal {
  if (fault instanceof TusRefusal) return fault
  if (fault instanceof DomainError) return new TusRefusal(inMetadata(fault))
  // The bytes written before stay, and count when the client goes on.
  if (isDiskFull(fault)) return new TusRefusal(new DomainError('STORAGE_FULL', undefined, { cause: fault }))
  if (!('status_code' in fault) || fault.status_code === 500)
    return new TusRefusal(new DomainError('INTERNAL_SERVER_ERROR', undefined, { cause: fault }))
  return protocolRefusal(fault)
}

/** Here the values of `createUpload`'s input come as metadata, each under its own name. */
function inMetadata(error: DomainError): DomainError {
  const { code, message, details, cause } = error
  if (details.problems === undefined) return error
  const problems = details.problems.map((each) => ({ ...each, field: each.field.replace(/^input\./, '') }))
  return new DomainError(code, message, {
    cause,
    details: { ...details, field: problems[0]!.field, problems },
  })
}

export function protocolRefusal({ status_code: status, body }: ProtocolFault): TusRefusal {
  switch (status) {
    case 404:
      return new TusRefusal(new DomainError('NOT_FOUND'))
    case 410:
      return new TusRefusal(new DomainError('UPLOAD_EXPIRED'))
    // More bytes than were declared. Declarations over the limit were refused before the library could see them.
    case 413:
      return new TusRefusal(new DomainError('SIZE_MISMATCH'))
    default:
      return new TusRefusal(new DomainError('BAD_REQUEST', `${body.trim().replace(/\.$/, '')}.`), status)
  }
}
