/** The e-mail that asks somebody to prove that an address is theirs. */
import { addressOfButton, button, heading, paragraph, smallPrint } from './blocks.ts'
import { momentInWords } from './format.ts'
import { mailContent, type MailContent } from './mail-content.ts'

export interface AccountMailFacts {
  readonly url: string
  readonly askedAt: Date
}

export function verificationMail({ url, askedAt }: AccountMailFacts): MailContent {
  const why =
    'Somebody, probably you, gave this address to Earshot. Confirm that it is yours, and links to your MP3s will come here.'
  return mailContent({
    subject: 'Confirm your e-mail address for Earshot',
    preview: why,
    blocks: [
      heading('Confirm your e-mail address'),
      paragraph(why),
      button('Confirm this address', url),
      smallPrint(
        `Asked for on ${momentInWords(askedAt)}. If it was not you, do nothing: the account is then removed within a week.`,
      ),
      addressOfButton(url),
    ],
    footer: 'You get this because this address was given to Earshot at sign-up.',
  })
}
