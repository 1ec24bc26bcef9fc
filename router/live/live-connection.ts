/** Who is at the other end of a WebSocket: by its first token, by each token that renews it, and until the last one ends. */
import { DomainError } from '#runtime/domain-error.ts'
import type { IdentifyClient } from '#router/identify-client.ts'
import type { Client } from '#router/router-context.ts'

/** Retryable to graphql-ws clients, which then connect with a fresh token; 4401 would end them for good. */
const forbidden = 4403
const tryAgainLater = 1013

export interface LiveConnection extends Disposable {
  /** By the newest token; null for somebody who never sent one. */
  readonly client: Client | null
  /** Whether the client may stay; a client that may not has been told by the close code. */
  admit(authorization: unknown): Promise<boolean>
  /** Goes on with a fresher token of the same user. */
  renew(authorization: unknown): Promise<void>
}

export interface LiveConnectionDependencies {
  readonly identify: IdentifyClient
  readonly close: (code: number, reason: string) => void
  readonly now?: () => number
}

export function createLiveConnection({
  identify,
  close,
  now = Date.now,
}: LiveConnectionDependencies): LiveConnection {
  let client: Client | null = null
  let expiry: NodeJS.Timeout | undefined

  const adopt = (next: Client) => {
    client = next
    clearTimeout(expiry)
    const leftMs = Math.max(0, next.identity.expiresAtMs - now())
    expiry = setTimeout(() => close(forbidden, 'The access token has expired'), leftMs)
  }
  const refuse = (error: unknown) => {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'SERVICE_UNAVAILABLE') close(tryAgainLater, 'Try again later')
    else close(forbidden, 'The access token is not good')
  }
  return {
    get client() {
      return client
    },
    async admit(authorization) {
      try {
        const admitted = await identify(authorization)
        if (admitted) adopt(admitted)
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
        // The old token is still good, and the client will send the new one again.
        if (error instanceof DomainError && error.code === 'SERVICE_UNAVAILABLE') return
        refuse(error)
      }
    },
    [Symbol.dispose]: () => clearTimeout(expiry),
  }
}
