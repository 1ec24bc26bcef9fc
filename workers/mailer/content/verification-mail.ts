/** The e-mail that asks somebody to prove that an address is theirs. */
import { button, heading, paragraph, smallPrint } from './blocks.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import type { MailContent } from './mail-content.ts'

export function verificationMail({ url }: { readonly url: string }): MailContent {
  const title = 'Confirm your e-mail address for Earshot'
  const why =
    'Somebody, probably you, gave this address to Earshot. Confirm that it is yours, and links to your MP3s will come here.'
  const otherwise = 'If it was not you, do nothing: without confirmation no links are sent here.'
  const footer = 'You get this because this address was given to Earshot at sign-up.'
  const text = [title, '', why, '', `Confirm: ${url}`, '', otherwise, '', '-- ', footer, ''].join('\n')
  const blocks = [
    heading(html`Confirm your e-mail address`),
    paragraph(why),
    button('Confirm this address', url),
    smallPrint(otherwise),
    smallPrint(
      html`If the button does not work, open this address:
        <a class="link" href="${url}" style="color:#1d5bd8;word-break:break-all;">${url}</a>`,
    ),
  ]
  return { subject: title, text, html: layout({ title, preview: why, blocks, footer }) }
}
