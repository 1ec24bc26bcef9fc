/** The transport that the settings name. */
import type { MailTransport } from './mail-transport.ts'
import { createSendGridTransport } from './sendgrid-transport.ts'
import { createSmtpTransport } from './smtp-transport.ts'

export interface MailTransportSettings {
  readonly SENDGRID_API_KEY?: string | undefined
  readonly SMTP_URL?: string | undefined
}

export function createMailTransport({ SENDGRID_API_KEY, SMTP_URL }: MailTransportSettings): MailTransport {
  if (SENDGRID_API_KEY !== undefined) return createSendGridTransport({ apiKey: SENDGRID_API_KEY })
  if (SMTP_URL !== undefined) return createSmtpTransport(SMTP_URL)
  throw new Error('neither SENDGRID_API_KEY nor SMTP_URL is set')
}
