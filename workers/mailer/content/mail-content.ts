/** What an e-mail says, before it is known to whom. */

export interface MailContent {
  /** One line. */
  readonly subject: string
  readonly text: string
  readonly html: string
}
