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
    'Somebody, probably you, signed up at Earshot with this address. Confirm it with your password, and links to your MP3s will come here.'
  return mailContent({
    subject: 'Confirm your e-mail address for Earshot',
    preview: why,
    blocks: [
      heading('Confirm your e-mail address'),
      paragraph(why),
      button('Confirm this address', url),
      smallPrint(
        `Asked for on ${momentInWords(askedAt)}. If it was not you, do nothing: without its password nobody can confirm the account, and it is removed within a week.`,
      ),
      addressOfButton(url),
    ],
    footer: 'You get this because this address was given to Earshot at sign-up.',
  })
}
