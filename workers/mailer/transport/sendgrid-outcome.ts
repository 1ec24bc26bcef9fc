/** Reads from the SendGrid client's errors whether a mail was refused for now, refused for good, or perhaps accepted. */
import { plainReason, type SendOutcome } from './mail-transport.ts'

/** Wrong or blocked key, rate limit, overload before anything was queued: these pass, or an operator ends them. */
const passingStatuses = new Set([401, 403, 404, 408, 429, 503])

/** Node's system calls that come before the first byte of a request. */
const callsBeforeSending = new Set(['connect', 'getaddrinfo'])

/** Failures of the TLS handshake, which comes before the first byte of a request too. */
const handshakeFailure = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO|ERR_TLS|ERR_SSL/

export function outcomeOfSendGridError(thrown: unknown): SendOutcome {
  const { code, syscall, message, response } = parseError(thrown)
  if (typeof code === 'number') {
    const reason = plainReason(`${code} ${bodyMessage(response?.body) ?? message}`)
    // A server error or a gateway's timeout says nothing about what became of the request behind it.
    if (code >= 500 && code !== 503) return { type: 'ambiguous', reason }
    return { type: 'refused', permanent: !passingStatuses.has(code), reason }
  }
  const reason = plainReason(code === undefined ? message : `${code}: ${message}`)
  if (callsBeforeSending.has(syscall ?? '') || handshakeFailure.test(code ?? '')) {
    return { type: 'refused', permanent: false, reason }
  }
  return { type: 'ambiguous', reason }
}

interface ClientError {
  /** The HTTP status where there was an answer, else Node's or the HTTP client's code. */
  readonly code?: number | string
  readonly syscall?: string
  readonly message: string
  readonly response?: { readonly body?: unknown }
}

function parseError(thrown: unknown): ClientError {
  if (!(thrown instanceof Error)) return { message: String(thrown) }
  const error = thrown as Error & ClientError
  const cause = error.cause as { syscall?: string } | undefined
  const syscall = error.syscall ?? cause?.syscall
  return {
    message: error.message,
    ...(error.code !== undefined && { code: error.code }),
    ...(syscall !== undefined && { syscall }),
    ...(error.response !== undefined && { response: error.response }),
  }
}

function bodyMessage(body: unknown): string | undefined {
  const first = (body as { errors?: { message?: unknown }[] } | undefined)?.errors?.[0]?.message
  return typeof first === 'string' ? first : undefined
}
