/** What SendGrid's event webhook tells of a mail, and whether it was SendGrid who told it. */
import { verify, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { plainReason, type MailReport } from './mail-transport.ts'

export interface SignedEvents {
  /** As they came: re-encoded JSON has another signature. */
  readonly body: Buffer
  /** Base64 of an ECDSA signature in DER over the timestamp's characters and the body. */
  readonly signature: string
  /** When it was signed, in seconds since 1970. */
  readonly timestamp: string
}

/**
 * SendGrid sends a batch again for 24 hours and does not say whether it signs anew. Within that time a replay does
 * no harm: reports only ever move a mail forward.
 */
const oldestMs = 25 * 60 * 60 * 1000
const clocksDifferMs = 5 * 60 * 1000

export function isFromSendGrid(
  { body, signature, timestamp }: SignedEvents,
  publicKeys: readonly KeyObject[],
  now: Date,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  const ageMs = now.getTime() - Number(timestamp) * 1000
  if (ageMs > oldestMs || ageMs < -clocksDifferMs) return false
  const signed = Buffer.concat([Buffer.from(timestamp), body])
  return publicKeys.some((key) => verify('sha256', signed, key, Buffer.from(signature, 'base64')))
}

export interface ReportedMail {
  readonly mailId: string
  readonly messageId: string
  readonly report: MailReport
}

/** Our custom arguments, and of SendGrid's own fields those that decide. */
const eventSchema = z.object({
  event: z.enum(['processed', 'delivered', 'dropped', 'bounce']),
  timestamp: z.int().positive().max(100_000_000_000),
  reason: z.string().optional(),
  earshotMailId: z.string().min(1),
  earshotMessageId: z.string().min(1),
})

/**
 * Those events that say something of a mail of ours; what else is in the batch is left out. A deferred mail is still
 * on its way, and opening or clicking is nobody's business.
 * @throws Error when the body is not an array in JSON.
 */
export function reportedMails(body: Buffer): ReportedMail[] {
  const batch = z.array(z.unknown()).parse(JSON.parse(body.toString('utf8')))
  return batch.flatMap((item) => {
    const { success, data } = eventSchema.safeParse(item)
    if (!success) return []
    return [{ mailId: data.earshotMailId, messageId: data.earshotMessageId, report: reportOf(data) }]
  })
}

function reportOf({ event, timestamp, reason = '' }: z.infer<typeof eventSchema>): MailReport {
  const plain = plainReason(reason) || 'SendGrid does not say why.'
  switch (event) {
    case 'processed':
    case 'delivered':
      return { fate: 'accepted', at: new Date(timestamp * 1000) }
    case 'dropped':
      return { fate: 'dropped', reason: plain }
    case 'bounce':
      return { fate: 'bounced', reason: plain }
  }
}
