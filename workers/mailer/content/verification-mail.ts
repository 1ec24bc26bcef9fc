/** The e-mail that asks somebody to prove that an address is theirs. */
import { addressOfButton, button, heading, paragraph, smallPrint } from './blocks.ts'
import { mailContent, type MailContent } from './mail-content.ts'

export function verificationMail({ url }: { readonly url: string }): MailContent {
  const why =
    'Somebody, probably you, gave this address to Earshot. Confirm that it is yours, and links to your MP3s will come here.'
  return mailContent({
    subject: 'Confirm your e-mail address for Earshot',
    preview: why,
    blocks: [
      heading('Confirm your e-mail address'),
      paragraph(why),
      button('Confirm this address', url),
      smallPrint('If it was not you, do nothing: without confirmation no links are sent here.'),
      addressOfButton(url),
    ],
    footer: 'You get this because this address was given to Earshot at sign-up.',
  })
}
