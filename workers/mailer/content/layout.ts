/** The frame every HTML e-mail of ours stands in: tables and inline styles, as mail clients need them, nothing fetched. */
import { html, type Html } from './html.ts'

export interface LayoutParts {
  readonly title: string
  /** What an inbox shows beside the subject. */
  readonly preview: string
  readonly blocks: readonly Html[]
  /** The small print: why the reader gets this. */
  readonly footer: string
}

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

// Clients that know dark mode follow these classes; all others keep the light inline colours.
const darkMode = `
@media (prefers-color-scheme: dark) {
  .page { background: #14171c !important; }
  .card { background: #1f242c !important; }
  .text { color: #e8eaed !important; }
  .quiet { color: #a3abb8 !important; }
  .facts { border-color: #3a424e !important; }
  .button { background: #7aa7ff !important; }
  .button a { color: #10131a !important; }
  .link { color: #9dbdff !important; }
}`

export function layout({ title, preview, blocks, footer }: LayoutParts): string {
  return html`<!doctype html>
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${title}</title>
        <style>
          ${{ html: darkMode }}
        </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#f2f4f7;">
        <div style="display:none;max-height:0;overflow:hidden;">${preview}</div>
        <table
          role="presentation"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          style="background:#f2f4f7;"
        >
          <tr>
            <td align="center" style="padding:24px 12px;">
              <table
                role="presentation"
                class="card"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:560px;background:#ffffff;border-radius:10px;"
              >
                <tr>
                  <td
                    class="quiet"
                    style="${{ html: font }};padding:24px 28px 0;font-size:14px;font-weight:600;color:#5c6675;"
                  >
                    Earshot
                  </td>
                </tr>
                ${blocks}
                <tr>
                  <td style="padding:0 0 24px;font-size:0;line-height:0;">&nbsp;</td>
                </tr>
              </table>
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:560px;"
              >
                <tr>
                  <td
                    class="quiet"
                    style="${{ html: font }};padding:14px 28px;font-size:12px;line-height:18px;color:#5c6675;"
                  >
                    ${footer}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `.html
}

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
