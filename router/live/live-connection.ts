/** Knows who is at the other end of a WebSocket: by the first access token, by each one that renews it, until the last one expires. */
import { DomainError } from '#runtime/domain-error.ts'
import type { IdentifyClient } from '#router/identify-client.ts'
import type { EndedSessions } from '#router/sessions/ended-sessions.ts'
import type { Client } from '#router/router-context.ts'

/** Retryable to graphql-ws clients, which then connect with a fresh token; 4401 would end them for good. */
const forbidden = 4403
const tryAgainLater = 1013

export interface LiveConnection extends Disposable {
  /** The client by its newest token; null where none was sent. */
  readonly client: Client | null
  /** Where it connects from. */
  readonly address: string
  /** What it says that it is. */
  readonly userAgent: string
  /** Whether the client may stay; where it may not, the socket is closed with a code that says why. */
  admit(authorization: unknown): Promise<boolean>
  /** Takes a newer token of the same user; a token of another user, or an invalid one, closes the socket. */
  renew(authorization: unknown): Promise<void>
}

export interface LiveConnectionDependencies {
  readonly identify: IdentifyClient
  readonly address: string
  readonly userAgent: string
  /** For one more socket of a user; null where it has as many as it may. */
  readonly takePlace: (userId: string) => (() => void) | null
  /** How long a client may stay that brings no token. */
  readonly tokenTimeoutMs: number
  readonly close: (code: number, reason: string) => void
  readonly ended: Pick<EndedSessions, 'has' | 'watch'>
  readonly now?: () => number
}

export function createLiveConnection({
  identify,
  address,
  userAgent,
  takePlace,
  tokenTimeoutMs,
  close,
  ended,
  now = Date.now,
}: LiveConnectionDependencies): LiveConnection {
  let client: Client | null = null
  let expiry: NodeJS.Timeout | undefined
  let leavePlace: (() => void) | null = null
  let isOver = false

  /** Whether the client may stay. */
  const adopt = (next: Client): boolean => {
    // The socket may have closed while the token was verified.
    if (isOver) return false
    leavePlace ??= takePlace(next.identity.userId)
    if (leavePlace === null) {
      close(tryAgainLater, 'The account has too many connections')
      return false
    }
    client = next
    clearTimeout(expiry)
    const leftMs = Math.max(0, next.identity.expiresAtMs - now())
    expiry = setTimeout(() => close(forbidden, 'The access token has expired'), leftMs)
    return true
  }
  const unwatch = ended.watch(() => {
    if (client && ended.has(client.identity.sessionId)) close(forbidden, 'The session has ended')
  })
  const refuse = (error: unknown) => {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'SERVICE_UNAVAILABLE') close(tryAgainLater, 'Try again later')
    else close(forbidden, 'The access token is not good')
  }
  return {
    get client() {
      return client
    },
    address,
    userAgent,
    async admit(authorization) {
      try {
        const admitted = await identify(authorization)
        if (admitted) return adopt(admitted)
        if (!isOver) expiry = setTimeout(() => close(forbidden, 'No access token has come'), tokenTimeoutMs)
        return true
      } catch (error) {
        refuse(error)
        return false
      }
    },
    async renew(authorization) {
      try {
        const renewed = await identify(authorization)
        if (!renewed) return
        if (renewed.identity.userId !== client?.identity.userId)
          return close(forbidden, 'The access token is of another user')
        if (renewed.identity.expiresAtMs > client.identity.expiresAtMs) adopt(renewed)
      } catch (error) {
        // The old token is still valid, and the client will send the new one again.
        if (error instanceof DomainError && error.code === 'SERVICE_UNAVAILABLE') return
        refuse(error)
      }
    },
    [Symbol.dispose]() {
      isOver = true
      unwatch()
      clearTimeout(expiry)
      leavePlace?.()
    },
  }
}
