/** What the commands work with. Each takes the part of it that it needs. */
import type { ReadStream } from 'node:tty'
import type { SendOperation } from '#cli/api/graphql-client.ts'
import type { ApiAccess } from '#cli/convert/finish-conversion.ts'
import type { Terminal } from '#cli/convert/progress-view.ts'
import type { Session } from '#cli/session/session.ts'

export interface CommandContext extends ApiAccess {
  readonly session: Session
  /** For what needs no session, or must not be repeated. */
  readonly send: SendOperation
  /** Where Earshot is, without a path. */
  readonly origin: string
  readonly sessionFolder: string
  /** What whoever wraps this client adds to its help: lines, or nothing. */
  readonly moreHelp: string
  /** The page that shows mails, where they stay on this machine. */
  readonly inboxUrl: string | undefined
  readonly signal: AbortSignal
  /** For results. */
  readonly out: { write(text: string): unknown }
  /** For progress, notes and questions. */
  readonly terminal: Terminal
  readonly keyboard: ReadStream
}
