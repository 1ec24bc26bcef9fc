/** The e-mail that brings the link to a finished MP3. */
import { button, facts, heading, name, paragraph, smallPrint } from './blocks.ts'
import type { Mp3Document } from '#schema/documents/conversion-document.ts'
import { durationInWords, isolated, momentInWords, plainName, sizeInWords } from './format.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import type { MailContent } from './mail-content.ts'

export interface SucceededMailFacts {
  /** The video's name. */
  readonly filename: string
  readonly mp3s: readonly { readonly mp3: Mp3Document; readonly url: string }[]
  readonly linksExpireAt: Date
}

export function succeededMail({ filename, mp3s, linksExpireAt }: SucceededMailFacts): MailContent {
  const source = plainName(filename)
  const files = mp3s.map(({ mp3, url }) => ({ name: plainName(mp3.filename), url, rows: rowsOf(mp3) }))
  const single = files.length === 1 ? files[0] : undefined
  const title = single
    ? `Your MP3 is ready: ${isolated(single.name)}`
    : `Your ${files.length} MP3s are ready: ${isolated(source)}`
  const validity = `${single ? 'The link works' : 'The links work'} until ${momentInWords(linksExpireAt)}, without signing in, for anybody who has ${single ? 'it' : 'them'}.`
  const footer =
    'You get this because you asked Earshot to convert a video. It is the only e-mail about this conversion.'
  const text = [
    title,
    '',
    `Earshot has converted ${isolated(source)}.`,
    '',
    ...files.flatMap((file) => [
      isolated(file.name),
      ...file.rows.map(([label, value]) => `  ${label}: ${value}`),
      `  Download: ${file.url}`,
      '',
    ]),
    validity,
    '',
    '-- ',
    footer,
    '',
  ].join('\n')
  const blocks = [
    heading(single ? html`Your MP3 is ready` : html`Your MP3s are ready`),
    paragraph(html`Earshot has converted ${name(source)}.`),
    ...(files.length > mostButtons ? [facts(files.map(shortRow))] : files.flatMap(withButton)),
    smallPrint(validity),
    ...(single
      ? [
          smallPrint(
            html`If the button does not work, open this address:
              <a class="link" href="${single.url}" style="color:#1d5bd8;word-break:break-all;"
                >${single.url}</a
              >`,
          ),
        ]
      : []),
  ]
  const preview = single ? single.rows.map(([, value]) => value).join(' · ') : source
  return { subject: title, text, html: layout({ title, preview, blocks, footer }) }
}

/** Some mail clients show no more than the first 100 kB: with buttons, not 30 files. */
const mostButtons = 10

interface FileInMail {
  readonly name: string
  readonly url: string
  readonly rows: ReturnType<typeof rowsOf>
}

const withButton = (file: FileInMail, _index: number, { length }: readonly FileInMail[]) => [
  facts([['File', name(file.name)], ...file.rows]),
  button(length === 1 ? 'Download the MP3' : 'Download this MP3', file.url),
]

function shortRow({ name: filename, url, rows }: FileInMail, index: number) {
  const [[, length], [, size]] = rows
  const link = html`<a class="link" href="${url}" style="color:#1d5bd8;">${name(filename)}</a>`
  return [String(index + 1), html`${link}, ${length}, ${size}`] as const
}

function rowsOf(mp3: Mp3Document) {
  const bitrate =
    mp3.bitrateMode === 'CBR' ? `${mp3.bitrateKbps} kbit/s` : `about ${mp3.bitrateKbps} kbit/s (variable)`
  return [
    ['Length', durationInWords(mp3.durationMs)],
    ['Size', sizeInWords(mp3.sizeBytes)],
    ['Bitrate', bitrate],
  ] as const
}
