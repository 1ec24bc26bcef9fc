/** A small real auth subgraph: the true schema, users made up, every request proven as in production. */
import { GraphQLError } from 'graphql'
import { createLocalJWKSet } from 'jose'
import { DomainError } from '#runtime/domain-error.ts'
import { buildSubgraph } from '#runtime/graphql/build-subgraph.ts'
import { createRequestIdentity, requireIdentity } from '#runtime/graphql/request-identity.ts'
import { dateTimeScalar } from '#runtime/graphql/scalars.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { TokenIssuer } from './token-issuer.ts'

export interface DoubleOptions {
  readonly publicUrl: string
  readonly keys: RotatingKeys
  readonly issuer: TokenIssuer
  readonly log: Logger
}

export interface AuthDouble extends AsyncDisposable {
  readonly origin: string
  /** The sessions that have ended. */
  readonly ended: Set<string>
  /** The guests that were begun or refused. */
  readonly guests: Pick<SubgraphContext, 'clientAddress' | 'userAgent' | 'requestId'>[]
  /** The requests for entities so far. */
  readonly requests: {
    readonly requestId: string
    readonly userId: string | undefined
    readonly sessionId: string | undefined
    readonly clientAddress: string | null
    readonly userAgent: string | null
  }[]
}

const user = (id: string) => ({
  id,
  email: `${id}@example.com`,
  emailVerified: true,
  locale: 'en',
  createdAt: new Date(0),
})

export async function startAuthDouble({ publicUrl, keys, issuer, log }: DoubleOptions): Promise<AuthDouble> {
  const requests: AuthDouble['requests'] = []
  const guests: AuthDouble['guests'] = []
  const ended = new Set<string>()
  const resolvers = {
    DateTime: dateTimeScalar,
    Query: {
      endedSessions: () => [...ended],
      me: (_: unknown, __: unknown, context: SubgraphContext) =>
        context.identity && user(context.identity.userId),
    },
    Mutation: {
      signUp() {
        throw new DomainError('TOO_MANY_REQUESTS', undefined, { details: { retryAfterMs: 1_500 } })
      },
      beginGuest(
        _: unknown,
        __: unknown,
        { identity, clientAddress, userAgent, requestId }: SubgraphContext,
      ) {
        if (identity) throw new DomainError('NOT_FOUND')
        guests.push({ clientAddress, userAgent, requestId })
        if (clientAddress === '198.51.100.66') {
          throw new DomainError('TOO_MANY_REQUESTS', undefined, { details: { retryAfterMs: 1_500 } })
        }
        const expiresAt = new Date(0)
        return {
          session: {
            id: 'session-of-guest',
            accessToken: 'access',
            accessTokenExpiresAt: expiresAt,
            refreshToken: 'refresh',
            refreshTokenExpiresAt: expiresAt,
            user: { ...user('guest'), email: null, emailVerified: false },
          },
        }
      },
      signOut: () => ({ signedOut: true }),
      signIn() {
        throw new DomainError('INVALID_CREDENTIALS')
      },
      verifyEmail(_: unknown, { input }: { input: { token: string } }) {
        if (input.token === 'broken') throw new Error('the database said: secret-detail')
        return { user: user('verified') }
      },
      refreshSession() {
        throw new GraphQLError('odd', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
      },
    },
    User: {
      __resolveReference(reference: { id: string }, context: SubgraphContext) {
        const { requestId, identity, clientAddress, userAgent } = context
        requests.push({
          requestId,
          userId: identity?.userId,
          sessionId: identity?.sessionId,
          clientAddress,
          userAgent,
        })
        if (reference.id === 'gone') return null
        if (reference.id === 'broken') throw new Error('the database said: secret-detail')
        if (reference.id === 'foreign') throw new DomainError('NOT_FOUND', 'There is no such user.')
        requireIdentity(context)
        return user(reference.id)
      },
    },
  }
  const http = createHttpServer({ log, servesOurOwn: true })
  http.get('/.well-known/jwks.json', () => issuer.keySet)
  const subgraph = await serveSubgraph({
    schema: await buildSubgraph('auth', [resolvers], 10_000),
    http,
    log,
    identify: createRequestIdentity({
      subgraph: 'auth',
      callers: { router: keys },
      accessTokens: createAccessTokenVerifier(publicUrl, createLocalJWKSet(issuer.keySet)),
    }),
  })
  const origin = await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    origin,
    ended,
    requests,
    guests,
    async [Symbol.asyncDispose]() {
      http.server.closeAllConnections()
      await http.close()
      await subgraph[Symbol.asyncDispose]()
    },
  }
}
