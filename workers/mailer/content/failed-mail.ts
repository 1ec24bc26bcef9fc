/** The e-mail that says why a video could not be converted. */
import type { Failure } from '#schema/documents/failure.ts'
import { facts, heading, paragraph } from './blocks.ts'
import { plainName } from './format.ts'
import { mailContent, type MailContent } from './mail-content.ts'
import { name, words } from './words.ts'

export interface FailedMailFacts {
  readonly filename: string
  readonly conversionId: string
  readonly failure: Failure
}

export function failedMail({ filename, conversionId, failure }: FailedMailFacts): MailContent {
  const title = words`Could not convert ${name(plainName(filename))}`
  return mailContent({
    subject: title.text,
    preview: failure.message,
    blocks: [
      heading(title),
      paragraph(failure.message),
      paragraph(failure.retryable ? adviceToRetry : adviceToReplace),
      facts([
        ['Reason', failure.code],
        ['Conversion', conversionId],
      ]),
    ],
    footer:
      'You get this because you asked Earshot to convert a file. It is the only e-mail about this conversion.',
  })
}

const adviceToRetry =
  'Nothing is wrong with what you did: start the conversion again. If it fails once more, tell us the number below.'
const adviceToReplace =
  'Converting the same file again would end the same way: play it to check that it is complete and has sound, then upload another copy.'
