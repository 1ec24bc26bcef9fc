/** Lets those subscribe who have signed in, each to so much at once, before anything is opened for them. */
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import { createStream } from '#runtime/streams/create-stream.ts'
import { createOpenCount } from '#router/connections/open-count.ts'
import type { Subscribe } from './federated-subscriptions.ts'

export function admitSubscriptions(subscribe: Subscribe, mostPerUser: number): Subscribe {
  const open = createOpenCount(mostPerUser)
  return (request) => {
    const client = request.contextValue.client()
    if (client === null)
      return graphqlErrorBody(
        new DomainError('UNAUTHENTICATED', 'Sign in first: this needs an access token.'),
      )
    const release = open.take(client.identity.userId)
    if (release === null) return graphqlErrorBody(tooMany(mostPerUser))
    const outcome = subscribe(request)
    if (!(Symbol.asyncIterator in outcome)) {
      release()
      return outcome
    }
    return createStream((ended) => {
      ended.addEventListener('abort', () => {
        release()
        void outcome.return()
      })
      return outcome
    })
  }
}

function tooMany(allowed: number): DomainError {
  const message = `An account has at most ${allowed} subscriptions at once; end others first.`
  const details = { limit: 'subscriptions', allowed, retryAfterMs: 5_000 }
  return new DomainError('TOO_MANY_REQUESTS', message, { details })
}
