/** What an e-mail says, before it is known to whom: one list of blocks, as HTML and as plain text. */
import type { Block } from './blocks.ts'
import { layout } from './layout.ts'

export interface MailContent {
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailParts {
  readonly subject: string
  /** What an inbox shows beside the subject. */
  readonly preview: string
  readonly blocks: readonly Block[]
  /** The small print: why the reader gets this. */
  readonly footer: string
}

export function mailContent({ subject, preview, blocks, footer }: MailParts): MailContent {
  const paragraphs = blocks.map(({ text }) => text.join('\n')).filter((text) => text !== '')
  return {
    subject,
    // A line of `-- ` alone begins what is no part of the message (RFC 3676, section 4.3).
    text: [subject, ...paragraphs, `-- \n${footer}\n`].join('\n\n'),
    html: layout({ title: subject, preview, blocks: blocks.map((block) => block.html), footer }),
  }
}
