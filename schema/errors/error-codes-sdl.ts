/** The catalogue of error codes as an enum of the schema, so that clients find in it what each code means. */
import { errorCodeNames, errorCodes, type ErrorCode } from './error-codes.ts'

const about = (code: ErrorCode): string => {
  const { meaning, httpStatus, retryable } = errorCodes[code]
  const again = retryable ? 'The same request may succeed later.' : 'The same request fails again.'
  return `${meaning} ${again} HTTP status: ${httpStatus}.`
}

/** Part of each subgraph that tells of failures. */
export const errorCodesSdl = [
  '"The codes of errors: `extensions.code` of an error, `code` of a failure, and `code` where bytes are sent or fetched."',
  'enum ErrorCode {',
  ...errorCodeNames.flatMap((code) => [`  ${JSON.stringify(about(code))}`, `  ${code}`]),
  '}',
].join('\n')
