/** The e-mail that says why a video could not be converted. */
import { facts, heading, name, paragraph } from './blocks.ts'
import type { Failure } from '#schema/documents/failure.ts'
import { isolated, plainName } from './format.ts'
import { html } from './html.ts'
import { layout } from './layout.ts'
import type { MailContent } from './mail-content.ts'

export interface FailedMailFacts {
  readonly filename: string
  readonly conversionId: string
  readonly failure: Failure
}

export function failedMail({ filename, conversionId, failure }: FailedMailFacts): MailContent {
  const source = plainName(filename)
  const title = `Could not convert ${isolated(source)}`
  const advice = failure.retryable
    ? 'Nothing is wrong with what you did: start the conversion again. If it fails once more, tell us the number below.'
    : 'Converting the same file again would end the same way: play it to check that it is complete and has audio, then upload another copy.'
  const footer =
    'You get this because you asked Earshot to convert a video. It is the only e-mail about this conversion.'
  const rows = [
    ['Reason', failure.code],
    ['Conversion', conversionId],
  ] as const
  const text = [
    title,
    '',
    failure.message,
    '',
    advice,
    '',
    ...rows.map(([label, value]) => `${label}: ${value}`),
    '',
    '-- ',
    footer,
    '',
  ].join('\n')
  const blocks = [
    heading(html`Could not convert ${name(source)}`),
    paragraph(failure.message),
    paragraph(advice),
    facts(rows),
  ]
  return { subject: title, text, html: layout({ title, preview: failure.message, blocks, footer }) }
}
