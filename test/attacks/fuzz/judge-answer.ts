/** What is wrong with an answer, whatever was asked: a fault of ours, an error without a code of ours, or more than its sentence. */
import { isErrorCode } from '#schema/errors/error-codes.ts'

export interface Answer {
  /** Null on a WebSocket. */
  readonly httpStatus: number | null
  readonly data?: unknown
  readonly errors?: unknown
}

/** They say that something of ours broke, or is away. */
const faults: readonly string[] = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE']
const shownDetails: readonly string[] = [
  ...['code', 'requestId', 'field', 'problems'],
  ...['limit', 'allowed', 'actual', 'retryAfterMs', 'until'],
]
/** Of a stack, a path of a machine, a driver, or of JavaScript. */
const ofOurInsides =
  /\n\s+at |node_modules|\.[jt]s:\d|\/(home|root|tmp|work|usr|opt)\/|Mongo|BSON|E11000|amqp|ECONN|ENOENT|TypeError|RangeError|is not a function|Cannot read|\[object \w+\]/

export function faultsOf({ httpStatus, data, errors }: Answer): readonly string[] {
  const found: string[] = []
  if (httpStatus !== null && httpStatus >= 500) found.push(`the status is ${httpStatus}`)
  if (errors === undefined) return data === undefined ? [...found, 'it has neither data nor errors'] : found
  if (!Array.isArray(errors) || errors.length === 0) return [...found, 'its errors are no list of any']
  return [...found, ...errors.flatMap((error: unknown) => faultsOfError(error))]
}

function faultsOfError(error: unknown): readonly string[] {
  const { message, extensions, ...rest } = error as Record<string, unknown>
  const { code, ...details } = (extensions ?? {}) as Record<string, unknown>
  const found: string[] = []
  if (!isErrorCode(code)) found.push(`the code is ${JSON.stringify(code)}`)
  else if (faults.includes(code)) found.push(`the code is ${code}`)
  if (typeof message !== 'string' || message === '') found.push('there is no message')
  else if (ofOurInsides.test(message)) found.push(`the message is of our insides: ${message}`)
  const shown = Object.keys(details).filter((name) => !shownDetails.includes(name))
  if (shown.length > 0) found.push(`its extensions hold ${shown.join(', ')}`)
  const further = Object.keys(rest).filter((name) => !['locations', 'path'].includes(name))
  if (further.length > 0) found.push(`it holds ${further.join(', ')}`)
  return found
}
