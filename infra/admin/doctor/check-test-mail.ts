/** A test mail, by the mailer's own transport. */
import { randomUUID } from 'node:crypto'
import type { MailAddress, MailTransport } from '#mailer/transport/mail-transport.ts'
import { failed, mind, well, type Finding } from './finding.ts'

export async function checkTestMail(
  transport: MailTransport,
  from: MailAddress,
  to: string,
): Promise<Finding> {
  const id = randomUUID()
  const text = 'This mail was sent by "earshot admin doctor", to see whether mails arrive.'
  const message = {
    mailId: `doctor-${id}`,
    messageId: `<${id}@${from.address.split('@')[1]}>`,
    from,
    to,
    subject: 'Earshot: a test mail',
    text,
    html: `<p>${text}</p>`,
  }
  const outcome = await transport.send(message, async () => undefined)
  switch (outcome.type) {
    case 'accepted':
      return well(`a test mail to ${to} was accepted; look whether it arrives, and not among the spam`)
    case 'refused':
      return failed(
        `a test mail was refused: ${outcome.reason}`,
        'see SMTP_URL or SENDGRID_API_KEY, and whether the provider knows MAIL_FROM',
      )
    case 'ambiguous':
      return mind(`it is not known whether a test mail was accepted: ${outcome.reason}`, 'try once more')
  }
}
