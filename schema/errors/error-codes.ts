/** The catalogue of every error code a client can meet: what it means, its HTTP status, and whether trying again may help. */

interface ErrorCodeEntry {
  readonly meaning: string
  /**
   * Of an answer that is nothing but this error: over tus, of a download, and of a GraphQL request that is refused before
   * its operation runs. An error within an operation's result leaves the answer's status at 200.
   */
  readonly httpStatus: number
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
}

const finalError = (httpStatus: number, meaning: string): ErrorCodeEntry => ({
  meaning,
  httpStatus,
  retryable: false,
})
const passing = (httpStatus: number, meaning: string): ErrorCodeEntry => ({
  meaning,
  httpStatus,
  retryable: true,
})

export const errorCodes = {
  // Requests
  BAD_USER_INPUT: finalError(
    400,
    'An input value is not allowed; `extensions.problems` name each such value.',
  ),
  GRAPHQL_PARSE_FAILED: finalError(400, 'The operation is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: finalError(400, 'The operation does not fit the schema.'),
  OPERATION_LIMIT_EXCEEDED: finalError(
    400,
    'The operation is larger than an operation may be; `extensions` name the limit.',
  ),
  OPERATION_NOT_TRUSTED: finalError(400, 'This server runs the operations of its own clients only.'),
  BAD_REQUEST: finalError(400, 'The HTTP request is not one the server understands.'),
  SUBSCRIPTION_TRANSPORT_REQUIRED: finalError(406, 'Subscriptions need graphql-ws.'),
  NOT_FOUND: finalError(404, 'There is no such thing, or it is not yours.'),
  QUOTA_EXCEEDED: passing(429, 'A limit of use is reached; `extensions` say which, and until when.'),
  INTERNAL_SERVER_ERROR: passing(500, 'Something broke on our side; it is in our log under the request id.'),
  SERVICE_UNAVAILABLE: passing(503, 'A part of the service is away for the moment.'),
  TOO_MANY_REQUESTS: passing(
    429,
    'This was asked for too often; `extensions.retryAfterMs` says when it may be asked for again.',
  ),

  // Accounts and tokens
  UNAUTHENTICATED: finalError(
    401,
    'The access token is missing, expired, or not ours; sign in or refresh the session.',
  ),
  SIGN_UP_REQUIRED: finalError(403, 'Guests cannot do this: it needs an account. Sign up first.'),
  PASSWORD_RESET_TOKEN_INVALID: finalError(
    400,
    'The link to set a new password is expired, damaged, or was used; ask for a new one.',
  ),
  EMAIL_TAKEN: finalError(409, 'An account with this address exists.'),
  INVALID_CREDENTIALS: finalError(401, 'No account has this address and password.'),
  SESSION_ENDED: finalError(401, 'The refresh token is unknown, expired or was replaced; sign in again.'),
  VERIFICATION_TOKEN_INVALID: finalError(
    400,
    'The verification link is expired or damaged; ask for a new one.',
  ),

  // Uploads
  UPLOAD_TOO_LARGE: finalError(413, 'The file is larger than an upload may be.'),
  STORAGE_FULL: passing(507, 'There is no room for more files at the moment; try again later.'),
  UPLOAD_INCOMPLETE: finalError(409, 'The upload has not received all its bytes yet.'),
  UPLOAD_NOT_READY: passing(409, 'The upload is still being validated.'),
  UPLOAD_EXPIRED: finalError(410, 'The upload was removed; upload the file again.'),
  UPLOAD_LOST: finalError(
    410,
    'The received bytes were lost before they were accepted; upload the file again.',
  ),
  SIZE_MISMATCH: finalError(413, 'The received bytes are not as many as were declared.'),
  HASH_MISMATCH: finalError(422, 'The received bytes do not have the declared SHA-256.'),
  IDEMPOTENCY_KEY_REUSED: finalError(409, 'This key was used before with other input.'),

  // What a file turns out to be
  UNSUPPORTED_FORMAT: finalError(415, 'The file is not audio or video in a format we read.'),
  NO_AUDIO_TRACK: finalError(422, 'The file has no audio track.'),
  UNSUPPORTED_CODEC: finalError(415, 'The audio is coded in a way we do not decode.'),
  PROTECTED: finalError(
    422,
    'The audio is protected against copies (DRM); only the programs of whoever sold or sent it can play it.',
  ),
  CORRUPT_FILE: finalError(422, 'The file is damaged or cut short.'),
  TOO_LONG: finalError(422, 'The audio is longer than we convert.'),
  UPLOAD_REJECTED: finalError(410, 'The upload was rejected and cannot be converted.'),

  NOT_A_PICTURE: finalError(
    422,
    'A cover must be a JPEG, PNG, WebP, GIF, BMP or TIFF of at most 64 MB and 40 megapixels, and not damaged.',
  ),

  // Conversions
  OUTPUT_NOT_POSSIBLE: finalError(
    422,
    'What was asked for cannot be made of this upload; the message says why.',
  ),
  ALREADY_FINISHED: finalError(409, 'The conversion is over and can no longer be cancelled.'),
  NOT_RETRYABLE: finalError(409, 'Only a FAILED or CANCELLED conversion can be retried.'),
  SOURCE_EXPIRED: finalError(410, 'The source of the conversion is no longer kept; upload the file again.'),
  DELETED: finalError(410, 'The conversion was deleted; use another idempotency key for a new one.'),
  MAIL_NOT_RESENDABLE: finalError(
    409,
    'Only an e-mail that was refused, came back, or may not have arrived can be sent again.',
  ),
  CONVERSION_TIMED_OUT: passing(500, 'The conversion took longer than its limit.'),
  VERIFICATION_FAILED: finalError(500, 'The MP3 did not pass its checks and was not published.'),
  CONVERTER_FAILED: passing(500, 'Our converter failed, several times in a row.'),
  WORKER_CRASHED: passing(500, 'The workers that took this conversion up kept dying.'),

  // Downloads
  LINK_INVALID: finalError(404, 'The link is damaged.'),
  LINK_EXPIRED: finalError(410, 'The link has expired; ask for a new one.'),
  LINK_REVOKED: finalError(410, 'The link was revoked by its owner.'),
} as const satisfies Record<string, ErrorCodeEntry>

/** The value of `extensions.code` in GraphQL, and of `code` elsewhere. */
export type ErrorCode = keyof typeof errorCodes

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code)

export const errorCodeNames = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
