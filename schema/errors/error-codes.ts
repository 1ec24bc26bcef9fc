/** The catalogue of every `extensions.code` a client can meet: what it means, and whether the same request may succeed later. */

interface ErrorCodeEntry {
  readonly meaning: string
  readonly retryable: boolean
}

const finalError = (meaning: string): ErrorCodeEntry => ({ meaning, retryable: false })
const passing = (meaning: string): ErrorCodeEntry => ({ meaning, retryable: true })

export const errorCodes = {
  // Requests
  BAD_USER_INPUT: finalError('An input value is not allowed; the message names it.'),
  GRAPHQL_PARSE_FAILED: finalError('The operation is not GraphQL.'),
  GRAPHQL_VALIDATION_FAILED: finalError('The operation does not fit the schema.'),
  BAD_REQUEST: finalError('The HTTP request is not one the server understands.'),
  SUBSCRIPTION_TRANSPORT_REQUIRED: finalError('Subscriptions need graphql-ws.'),
  NOT_FOUND: finalError('There is no such thing, or it is not yours.'),
  INTERNAL_SERVER_ERROR: passing('Something broke on our side; it is in our log under the request id.'),
  SERVICE_UNAVAILABLE: passing('A part of the service is away for the moment.'),

  // Accounts and tokens
  UNAUTHENTICATED: finalError(
    'The access token is missing, expired, or not ours; sign in or refresh the session.',
  ),
  EMAIL_TAKEN: finalError('An account with this address exists.'),
  INVALID_CREDENTIALS: finalError('No account has this address and password.'),
  SESSION_ENDED: finalError('The refresh token is unknown, expired or was replaced; sign in again.'),
  VERIFICATION_TOKEN_INVALID: finalError('The verification link is expired or damaged; ask for a new one.'),

  // Uploads
  UPLOAD_TOO_LARGE: finalError('The file is larger than an upload may be.'),
  STORAGE_FULL: passing('There is no room for more files at the moment; try again later.'),
  UPLOAD_INCOMPLETE: finalError('The upload has not received all its bytes yet.'),
  UPLOAD_NOT_READY: passing('The upload is still being checked.'),
  UPLOAD_EXPIRED: finalError('The upload was removed; upload the file again.'),
  UPLOAD_LOST: finalError('The received bytes were lost before they were accepted; upload the file again.'),
  SIZE_MISMATCH: finalError('The received bytes are not as many as were declared.'),
  HASH_MISMATCH: finalError('The received bytes do not have the declared SHA-256.'),
  IDEMPOTENCY_KEY_REUSED: finalError('This key was used before with other input.'),

  // What a file turns out to be
  UNSUPPORTED_FORMAT: finalError('The file is not audio or video in a format we read.'),
  NO_AUDIO_TRACK: finalError('The file has no audio track.'),
  UNSUPPORTED_CODEC: finalError('The audio is coded in a way we do not decode.'),
  CORRUPT_FILE: finalError('The file is damaged or cut short.'),
  TOO_LONG: finalError('The audio is longer than we convert.'),
  UPLOAD_REJECTED: finalError('The upload was rejected and cannot be converted.'),

  NOT_A_PICTURE: finalError('A cover must be a JPEG or PNG of at most 10 MB and 16 megapixels.'),

  // Conversions
  OUTPUT_NOT_POSSIBLE: finalError('What was asked for cannot be made of this upload; the message says why.'),
  ALREADY_FINISHED: finalError('The conversion is over and can no longer be cancelled.'),
  NOT_RETRYABLE: finalError('Only a FAILED or CANCELLED conversion can be retried.'),
  SOURCE_EXPIRED: finalError('The source of the conversion is no longer kept; upload the file again.'),
  DELETED: finalError('The conversion was deleted; use another idempotency key for a new one.'),
  MAIL_NOT_RESENDABLE: finalError(
    'Only an e-mail that was refused, came back, or may not have arrived can be sent again.',
  ),
  CONVERSION_TIMED_OUT: passing('The conversion took longer than its limit.'),
  VERIFICATION_FAILED: finalError('The MP3 did not pass its checks and was not published.'),
  CONVERTER_FAILED: passing('Our converter failed, several times in a row.'),
  WORKER_CRASHED: passing('The workers that took this conversion up kept dying.'),

  // Downloads
  LINK_INVALID: finalError('The link is damaged.'),
  LINK_EXPIRED: finalError('The link has expired; ask for a new one.'),
  LINK_REVOKED: finalError('The link was revoked by its owner.'),
} as const satisfies Record<string, ErrorCodeEntry>

/** The value of `extensions.code`. */
export type ErrorCode = keyof typeof errorCodes

export const errorCodeNames = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
