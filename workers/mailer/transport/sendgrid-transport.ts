/** Sends e-mails by SendGrid's v3 mail API. */
import sendgrid from '@sendgrid/mail'
import { automaticHeaders, type MailMessage, type MailTransport } from './mail-transport.ts'
import { outcomeOfSendGridError } from './sendgrid-outcome.ts'

export interface SendGridOptions {
  readonly apiKey: string
  /** Ends with a slash. Only tests and SendGrid's European region need another than the default. */
  readonly baseUrl?: string
  readonly timeoutMs?: number
}

interface Service {
  readonly client: { setDefaultRequest(options: object): void }
  setApiKey(apiKey: string): void
  setTimeout(timeoutMs: number): void
  send(request: object): Promise<unknown>
}

// The package's types know only the instance it shares with everybody; ours has a key and a timeout of its own.
const MailService = sendgrid.constructor as new () => Service

export function createSendGridTransport({
  apiKey,
  baseUrl,
  timeoutMs = 30_000,
}: SendGridOptions): MailTransport {
  const service = new MailService()
  service.setApiKey(apiKey)
  service.setTimeout(timeoutMs)
  // After setApiKey, which sets SendGrid's own address. A redirected POST could send the mail twice, or elsewhere.
  service.client.setDefaultRequest({ maxRedirects: 0, ...(baseUrl !== undefined && { baseUrl }) })
  return {
    async send(message, beforeBody) {
      await beforeBody()
      try {
        await service.send(requestOf(message))
        return { type: 'accepted' }
      } catch (error) {
        return outcomeOfSendGridError(error)
      }
    },
  }
}

function requestOf(message: MailMessage) {
  return {
    from: { name: message.from.name, email: message.from.address },
    to: { email: message.to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    headers: { ...automaticHeaders, 'Message-ID': message.messageId },
    // Come back in every event about this mail.
    customArgs: { earshotMailId: message.mailId, earshotMessageId: message.messageId },
    // Rewritten links would hand the secret in ours to a third party, and break them when that is away.
    trackingSettings: {
      clickTracking: { enable: false, enableText: false },
      openTracking: { enable: false },
      subscriptionTracking: { enable: false },
    },
  }
}
