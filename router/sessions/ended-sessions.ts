/** Which sessions have ended while access tokens of theirs have not expired: asked of auth every second. */
import * as z from 'zod'
import type { Logger } from '#runtime/process/log.ts'
import { repeat } from '#runtime/process/repeat.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { assertionHeader, signAssertion } from '#runtime/tokens/assertion.ts'

export interface EndedSessions extends AsyncDisposable {
  has(sessionId: string): boolean
  /** Called whenever sessions have ended. @returns what stops that. */
  watch(listener: () => void): () => void
}

export interface EndedSessionsDependencies {
  /** Where auth is; its GraphQL is at /graphql. */
  readonly origin: string
  readonly keys: RotatingKeys
  readonly log: Logger
  readonly everyMs?: number
}

const timeoutMs = 3_000
const body = JSON.stringify({ query: '{ endedSessions }' })
const answerSchema = z.object({ data: z.object({ endedSessions: z.array(z.string()) }) })

/** While auth is away what is known stays: sessions cannot be ended then either, and access tokens live for minutes. */
export function createEndedSessions(dependencies: EndedSessionsDependencies): EndedSessions {
  const { origin, keys, log, everyMs = 1_000 } = dependencies
  const listeners = new Set<() => void>()
  let ended: ReadonlySet<string> = new Set()
  let isAway = false
  let hasAnswered = false

  const ask = async (signal: AbortSignal): Promise<ReadonlySet<string>> => {
    const assertion = signAssertion({ caller: 'router', subgraph: 'auth', body, userToken: '' }, keys)
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [assertionHeader]: assertion },
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    })
    return new Set(answerSchema.parse(await response.json()).data.endedSessions)
  }
  const update = async (signal: AbortSignal) => {
    try {
      const before = ended
      ended = await ask(signal)
      isAway = false
      hasAnswered = true
      if ([...ended].some((sessionId) => !before.has(sessionId))) for (const listener of listeners) listener()
    } catch (error) {
      // At a start, auth may be there a little later than we are: the readiness says so meanwhile.
      const level = hasAnswered ? 'warn' : 'info'
      if (!isAway && !signal.aborted)
        log[level](
          { err: error },
          'auth does not say which sessions have ended; those known before stay ended',
        )
      isAway = true
    }
  }
  const asking = repeat(update, { name: 'ended sessions', everyMs, log })
  return {
    has: (sessionId) => ended.has(sessionId),
    watch(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    [Symbol.asyncDispose]: () => asking[Symbol.asyncDispose](),
  }
}
