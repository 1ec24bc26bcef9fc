/** What HTML e-mails are put together from: rows of the one table that mail clients lay out alike. */
import { html, type Html } from './html.ts'

export const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

export const heading = (text: Html) =>
  html`<tr>
    <td style="padding:12px 28px 0;">
      <h1
        class="text"
        style="${{ html: font }};margin:0;font-size:22px;line-height:30px;font-weight:600;color:#14171c;overflow-wrap:anywhere;"
      >
        ${text}
      </h1>
    </td>
  </tr> `

export const paragraph = (text: Html | string) =>
  html`<tr>
    <td
      class="text"
      style="${{ html: font }};padding:12px 28px 0;font-size:16px;line-height:24px;color:#14171c;overflow-wrap:anywhere;"
    >
      ${text}
    </td>
  </tr> `

export const smallPrint = (text: Html | string) =>
  html`<tr>
    <td
      class="quiet"
      style="${{ html: font }};padding:12px 28px 0;font-size:13px;line-height:20px;color:#5c6675;overflow-wrap:anywhere;"
    >
      ${text}
    </td>
  </tr> `

/** Padding stands on the cell as well as on the link, for clients that give links none. */
export const button = (label: string, url: string) =>
  html`<tr>
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
  </tr> `

/** A name that keeps to itself whatever direction it is written in. */
export const name = (text: string) => html`<bdi dir="auto">${text}</bdi>`

export function facts(rows: readonly (readonly [string, Html | string])[]): Html {
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
          ${value}
        </td>
      </tr> `,
  )
  return html`<tr>
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
}
