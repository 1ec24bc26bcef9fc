/** What e-mails are put together from: in HTML rows of the one table that mail clients lay out alike, in plain text paragraphs. */
import { html, type Html } from './html.ts'
import { link, words, type Words } from './words.ts'

export interface Block {
  readonly html: Html
  /** Lines; none for what only HTML needs. */
  readonly text: readonly string[]
}

export const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** Of the HTML: plain text begins with the subject. */
export const heading = (said: string | Words): Block => ({
  html: html`<tr>
    <td style="padding:12px 28px 0;">
      <h1
        class="text"
        style="${{ html: font }};margin:0;font-size:22px;line-height:30px;font-weight:600;color:#14171c;overflow-wrap:anywhere;"
      >
        ${htmlOf(said)}
      </h1>
    </td>
  </tr> `,
  text: [],
})

export const paragraph = (said: string | Words): Block => ({
  html: html`<tr>
    <td
      class="text"
      style="${{ html: font }};padding:12px 28px 0;font-size:16px;line-height:24px;color:#14171c;overflow-wrap:anywhere;"
    >
      ${htmlOf(said)}
    </td>
  </tr> `,
  text: [textOf(said)],
})

export const smallPrint = (said: string | Words): Block => ({
  html: html`<tr>
    <td
      class="quiet"
      style="${{ html: font }};padding:12px 28px 0;font-size:13px;line-height:20px;color:#5c6675;overflow-wrap:anywhere;"
    >
      ${htmlOf(said)}
    </td>
  </tr> `,
  text: [textOf(said)],
})

/** Padding stands on the cell as well as on the link, for clients that give links none. */
export const button = (label: string, url: string): Block => ({
  html: html`<tr>
    <td style="padding:20px 28px 0;">
      <table role="presentation" cellpadding="0" cellspacing="0" border="0">
        <tr>
          <td class="button" bgcolor="#1d5bd8" style="border-radius:6px;background:#1d5bd8;">
            <a
              href="${url}"
              style="${{ html: font }};display:inline-block;padding:12px 22px;font-size:16px;line-height:20px;font-weight:600;color:#ffffff;text-decoration:none;"
              >${label}</a
            >
          </td>
        </tr>
      </table>
    </td>
  </tr> `,
  text: [`${label}: ${url}`],
})

/** For clients whose buttons do nothing; plain text has the address already. */
export const addressOfButton = (url: string): Block => ({
  ...smallPrint(words`If the button does not work, open this address: ${link(words`${url}`, url)}`),
  text: [],
})

export function facts(rows: readonly (readonly [string, string | Words])[]): Block {
  const cells = rows.map(
    ([label, value]) =>
      html`<tr>
        <td
          class="quiet"
          width="88"
          style="${{ html: font }};padding:6px 16px 6px 0;font-size:14px;line-height:20px;color:#5c6675;vertical-align:top;white-space:nowrap;"
        >
          ${label}
        </td>
        <td
          class="text"
          style="${{ html: font }};padding:6px 0;font-size:14px;line-height:20px;color:#14171c;overflow-wrap:anywhere;"
        >
          ${htmlOf(value)}
        </td>
      </tr> `,
  )
  const table = html`<tr>
    <td style="padding:16px 28px 0;">
      <table
        role="presentation"
        class="facts"
        width="100%"
        cellpadding="0"
        cellspacing="0"
        border="0"
        style="border-top:1px solid #e2e6ec;border-bottom:1px solid #e2e6ec;"
      >
        ${cells}
      </table>
    </td>
  </tr> `
  return { html: table, text: rows.map(([label, value]) => `${label}: ${textOf(value)}`) }
}

const htmlOf = (said: string | Words): string | Html => (typeof said === 'string' ? said : said.html)
const textOf = (said: string | Words): string => (typeof said === 'string' ? said : said.text)
