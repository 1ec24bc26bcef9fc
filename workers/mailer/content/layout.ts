/** The frame every HTML e-mail of ours stands in: tables and inline styles, as mail clients need them, nothing fetched. */
import { font } from './blocks.ts'
import { html, type Html } from './html.ts'

export interface LayoutParts {
  readonly title: string
  /** What an inbox shows beside the subject. */
  readonly preview: string
  readonly blocks: readonly Html[]
  /** The small print: why the reader gets this. */
  readonly footer: string
}

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
