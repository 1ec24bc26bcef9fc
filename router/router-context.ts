/** What the router knows about the operation it serves. */
import type { FormattedExecutionResult } from 'graphql'
import type { Stream } from '#runtime/streams/create-stream.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { VerifiedIdentity } from '#runtime/tokens/verify-access-token.ts'

/** A signed-in client: the token it sent, and the identity that the token proves. */
export interface Client {
  /** The Authorization header, passed on to subgraphs as it came. */
  readonly authorization: string
  readonly identity: VerifiedIdentity
}

/** The results of a subscription as its client gets them. */
export type ResultStream = Stream<FormattedExecutionResult>

export interface RouterContext {
  readonly requestId: string
  readonly log: Logger
  readonly clientAddress: string
  /** What the client says that it is; empty where it says nothing. */
  readonly userAgent: string
  /** Aborted when the client wants no answer any more. Mutations run to their end all the same. */
  readonly signal: AbortSignal
  /** What it costs by the guard; each event of a subscription costs as much again. */
  readonly cost: number
  /**
   * By the newest token; null without one. A function, because a WebSocket outlives its first token, and Apollo Server
   * copies the context: a getter would be asked once.
   */
  readonly client: () => Client | null
  /** Whether the transport carries a stream of results; where it carries one only, subscriptions are refused. */
  readonly takesStream: boolean
}
