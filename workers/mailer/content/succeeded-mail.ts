/** The e-mail that brings the link to a finished MP3. */
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { Warning } from '#schema/documents/warning.ts'
import { addressOfButton, button, facts, heading, paragraph, smallPrint, type Block } from './blocks.ts'
import { durationInWords, isolated, momentInWords, oneLine, plainName, sizeInWords } from './format.ts'
import { mailContent, type MailContent } from './mail-content.ts'
import { link, name, words } from './words.ts'

interface LinkedMp3 {
  readonly mp3: Mp3Document
  readonly url: string
}

export interface SucceededMailFacts {
  /** The video's name. */
  readonly filename: string
  readonly mp3s: readonly LinkedMp3[]
  /** What was odd: the mail is silent where nothing was. */
  readonly warnings: readonly Pick<Warning, 'message'>[]
  readonly linksExpireAt: Date
}

/** Some mail clients show no more than the first 100 kB: with buttons, not 30 files. */
const mostButtons = 10

export function succeededMail({ filename, mp3s, warnings, linksExpireAt }: SucceededMailFacts): MailContent {
  const source = plainName(filename)
  const single = mp3s.length === 1 ? mp3s[0] : undefined
  const until = momentInWords(linksExpireAt)
  return mailContent({
    subject: single
      ? `Your MP3 is ready: ${isolated(plainName(single.mp3.filename))}`
      : `Your ${mp3s.length} MP3s are ready: ${isolated(source)}`,
    preview: single
      ? factsOf(single.mp3)
          .map(([, value]) => value)
          .join(' · ')
      : source,
    blocks: [
      heading(single ? 'Your MP3 is ready' : 'Your MP3s are ready'),
      paragraph(words`Earshot has converted ${name(source)}.`),
      ...(mp3s.length > mostButtons ? [listOf(mp3s)] : mp3s.flatMap(withButton)),
      ...notes(warnings),
      smallPrint(
        single
          ? `The link works until ${until}, without signing in, for anybody who has it.`
          : `The links work until ${until}, without signing in, for anybody who has them.`,
      ),
      ...(single ? [addressOfButton(single.url)] : []),
    ],
    footer:
      'You get this because you asked Earshot to convert a file. It is the only e-mail about this conversion.',
  })
}

/** More than these would push the buttons' small print out of sight; the API has all. */
const mostNotes = 5

function notes(warnings: SucceededMailFacts['warnings']): Block[] {
  if (warnings.length === 0) return []
  const told = warnings.slice(0, mostNotes).map(({ message }) => paragraph(oneLine(message)))
  const others = warnings.length - told.length
  return [
    paragraph('What you should know about it:'),
    ...told,
    ...(others > 0 ? [smallPrint(`And ${others} more, which the conversion's warnings name.`)] : []),
  ]
}

const withButton = ({ mp3, url }: LinkedMp3, _index: number, { length }: readonly LinkedMp3[]): Block[] => [
  facts([['File', name(plainName(mp3.filename))], ...factsOf(mp3)]),
  button(length === 1 ? 'Download the MP3' : 'Download this MP3', url),
]

const listOf = (mp3s: readonly LinkedMp3[]): Block =>
  facts(
    mp3s.map(({ mp3, url }, index) => {
      const [[, length], [, size]] = factsOf(mp3)
      return [String(index + 1), words`${link(name(plainName(mp3.filename)), url)}, ${length}, ${size}`]
    }),
  )

function factsOf({ durationMs, sizeBytes, bitrateMode, bitrateKbps }: Mp3Document) {
  const bitrate = bitrateMode === 'CBR' ? `${bitrateKbps} kbit/s` : `about ${bitrateKbps} kbit/s (variable)`
  return [
    ['Length', durationInWords(durationMs)],
    ['Size', sizeInWords(sizeBytes)],
    ['Bitrate', bitrate],
  ] as const
}
