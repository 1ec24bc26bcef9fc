/** Reads from nodemailer's errors whether a mail was refused for now, refused for good, or perhaps accepted. */
import { plainReason, type SendOutcome } from './mail-transport.ts'

/** How far the conversation had come: before MAIL FROM, before the first byte of the body, or after it. */
export type SmtpPhase = 'session' | 'envelope' | 'body'

interface SmtpError extends Error {
  /** Nodemailer's code, such as ECONNECTION. */
  readonly code?: string
  /** The reply's three digits, where there was a reply. */
  readonly responseCode?: number
  readonly response?: string
  /** A 5yz reply other than 503, which is about the session and not the mail. */
  readonly permanent?: boolean
}

/** Local verdicts on the message itself, given before anything is sent: an address or size that cannot be right. */
const localRefusals = new Set(['EENVELOPE', 'EMESSAGE'])

export function outcomeOfSmtpError(thrown: unknown, phase: SmtpPhase): SendOutcome {
  const error: SmtpError = thrown instanceof Error ? thrown : new Error(String(thrown))
  const refused = (permanent: boolean): SendOutcome => ({
    type: 'refused',
    permanent,
    reason: reasonOf(error),
  })
  if (isRefusal(error)) {
    // In the session a refusal is about us (a wrong password, a blocked host): an operator can put that right.
    return refused(phase !== 'session' && error.permanent === true)
  }
  switch (phase) {
    case 'session':
      return refused(false)
    case 'envelope':
      return refused(localRefusals.has(error.code ?? '') && error.responseCode === undefined)
    case 'body':
      return { type: 'ambiguous', reason: reasonOf(error) }
  }
}

/** A 4yz or 5yz reply says that the server did not take the mail, at whatever point it came (RFC 5321, 4.2.1). */
const isRefusal = ({ responseCode }: SmtpError) =>
  responseCode !== undefined && responseCode >= 400 && responseCode < 600

const reasonOf = (error: SmtpError) =>
  plainReason(error.response ?? (error.code ? `${error.code}: ${error.message}` : error.message))
