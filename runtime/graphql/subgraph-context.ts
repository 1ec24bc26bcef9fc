/** What every resolver of a subgraph is given about the request it serves. */
import type { Logger } from 'pino'

/** The caller a subgraph trusts, proven by its assertion. */
export type Caller = 'router' | 'mailer'

export interface Identity {
  readonly userId: string
  readonly sessionId: string
  /** Whether the user had proven their address when the access token was issued. */
  readonly emailVerified: boolean
  /** Whether the user had no account then, only a session. */
  readonly isGuest: boolean
}

export interface SubgraphContext {
  readonly caller: Caller
  /** The signed-in user; null without an access token. */
  readonly identity: Identity | null
  /** Where the router's client connects from, as the router has signed it; null where a service asks for itself. */
  readonly clientAddress: string | null
  /** What the router's client says that it is, as long as the router takes it; null where it says nothing. */
  readonly userAgent: string | null
  readonly requestId: string
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal
  readonly log: Logger
}
