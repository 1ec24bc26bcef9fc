/** The e-mail that brings the link to set a new password. */
import { addressOfButton, button, heading, paragraph, smallPrint } from './blocks.ts'
import { momentInWords } from './format.ts'
import { mailContent, type MailContent } from './mail-content.ts'
import type { AccountMailFacts } from './verification-mail.ts'

export interface ResetMailFacts extends AccountMailFacts {
  /** Who has the inbox need not have made an account whose address nobody has proven: it begins anew. */
  readonly emailVerified: boolean
}

const beginsAnew =
  'Nobody has confirmed this address yet, so the account begins anew with the new password: the uploads and MP3s that are in it are removed. To keep them, confirm the address first, by the e-mail from when the account was made.'

export function resetMail({ url, askedAt, emailVerified }: ResetMailFacts): MailContent {
  const why =
    'Somebody, probably you, asked to set a new password for the Earshot account with this address. The link works once, for an hour.'
  return mailContent({
    subject: 'Set a new password for Earshot',
    preview: why,
    blocks: [
      heading('Set a new password'),
      paragraph(why),
      ...(emailVerified ? [] : [paragraph(beginsAnew)]),
      button('Set a new password', url),
      smallPrint(
        `Asked for on ${momentInWords(askedAt)}. If it was not you, do nothing: the password stays as it is.`,
      ),
      addressOfButton(url),
    ],
    footer: 'You get this because this address has an account at Earshot.',
  })
}
