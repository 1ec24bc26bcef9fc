/** The port to whatever sends e-mails for us, and the one thing it must tell apart: accepted, refused, or unknown. */

export interface MailMessage {
  /** The mail's own id, for a provider that keeps one beside the message. */
  readonly mailId: string
  readonly messageId: string
  readonly from: MailAddress
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailAddress {
  readonly name: string
  readonly address: string
}

export type SendOutcome =
  | { readonly type: 'accepted' }
  /** Certainly not accepted. Permanent: the same message would be refused again. */
  | { readonly type: 'refused'; readonly permanent: boolean; readonly reason: string }
  /** The body was on its way when the answer was lost: it may have been accepted. */
  | { readonly type: 'ambiguous'; readonly reason: string }

/** What the provider tells later of a mail that it had accepted, or may have. */
export type MailReport =
  | { readonly fate: 'accepted'; readonly at: Date }
  /** Accepted from us, and then not sent. */
  | { readonly fate: 'dropped'; readonly reason: string }
  /** Came back undelivered. */
  | { readonly fate: 'bounced'; readonly reason: string }

export interface MailTransport {
  /**
   * Awaits `beforeBody` when nothing but the body is left to send; once it has resolved, the mail may be accepted.
   * @throws what `beforeBody` throws, having sent no body.
   */
  send(message: MailMessage, beforeBody: () => Promise<void>): Promise<SendOutcome>
}

/** Headers that tell other programs not to answer (RFC 3834, section 5). */
export const automaticHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

const longestReason = 300
/** Of what a server said: the rest is not read, since the time to look for addresses grows with its square. */
const longestRead = 2_000

/** What a server said, fit to be stored and shown: one line, without addresses. */
export function plainReason(said: string): string {
  // What the cut left of its last word may be half an address.
  const read = said.length <= longestRead ? said : said.slice(0, longestRead).replace(/\S+$/, '')
  const line = read.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, 'the address').slice(0, longestReason)
}
