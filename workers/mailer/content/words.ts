/** A piece of a sentence, said once and shown twice: as HTML and as plain text. */
import { isolated } from './format.ts'
import { html, type Html } from './html.ts'

export interface Words {
  readonly html: Html
  readonly text: string
}

/** A tagged template. In the HTML, whatever is put in is escaped unless it is words itself. */
export const words = (strings: TemplateStringsArray, ...values: readonly (string | Words)[]): Words => ({
  html: html(strings, ...values.map((value) => (typeof value === 'string' ? value : value.html))),
  text: String.raw(
    { raw: strings },
    ...values.map((value) => (typeof value === 'string' ? value : value.text)),
  ),
})

/** A name that keeps to itself whatever direction it is written in. */
export const name = (text: string): Words => ({
  html: html`<bdi dir="auto">${text}</bdi>`,
  text: isolated(text),
})

export const link = (label: Words, url: string): Words => ({
  html: html`<a class="link" href="${url}" style="color:#1d5bd8;word-break:break-all;">${label.html}</a>`,
  // In the brackets of RFC 3986, appendix C: what follows is no part of the address.
  text: `${label.text} <${url}>`,
})
