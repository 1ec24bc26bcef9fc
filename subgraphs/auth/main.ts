/** The auth subgraph: accounts, sessions, and the keys that others verify them by. */
import { createHash } from 'node:crypto'
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { connectMongo } from '#runtime/mongo.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import { runProcess } from '#runtime/process/run-process.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/access-token.ts'
import { createAccounts } from '#auth/accounts/accounts.ts'
import { createPasswords } from '#auth/accounts/passwords.ts'
import { createUserStore } from '#auth/accounts/user-store.ts'
import { createAuthSchema } from '#auth/auth-schema.ts'
import { authSettings } from '#auth/auth-settings.ts'
import { createAccessTokenIssuer } from '#auth/keys/access-tokens.ts'
import { localKeys, publicKeySet } from '#auth/keys/signing-keys.ts'
import { createVerificationTokens } from '#auth/keys/verification-tokens.ts'
import { createUserAnnouncer } from '#auth/outbox/user-announcer.ts'
import { createSessionStore } from '#auth/sessions/session-store.ts'
import { createSessions } from '#auth/sessions/sessions.ts'

await runProcess('auth', authSettings, async ({ settings, log, metrics, health, signal, resources }) => {
  const { PUBLIC_URL: issuer, AUTH_SIGNING_KEYS: keys } = settings
  const now = () => new Date()
  const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
  const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
  const publisher = resources.use(await createPublisher(rabbit))
  const users = createUserStore(database)
  const sessionStore = createSessionStore(database)
  await retryForever(
    'preparing the database',
    () => Promise.all([users.prepare(), sessionStore.prepare()]),
    log,
    signal,
  )

  const announcer = resources.use(createUserAnnouncer({ store: users, publisher, log }))
  const verificationTokens = await createVerificationTokens(issuer, keys, now)
  const { announce } = announcer
  const accounts = createAccounts({
    store: users,
    passwords: await createPasswords(),
    verificationTokens,
    announce,
    now,
  })
  const issueAccessToken = await createAccessTokenIssuer(issuer, keys[0], now)
  // Derived from the signing key: one secret less to hand out, and it changes with it.
  const successorKey = createHash('sha256').update(`refresh-successor\n${keys[0].d}`).digest()
  const sessions = createSessions({
    store: sessionStore,
    users,
    issueAccessToken,
    successorKeys: [successorKey],
    now,
  })

  const callers = { router: settings.ROUTER_AUTH_KEY, mailer: settings.MAILER_AUTH_KEY }
  const accessTokens = createAccessTokenVerifier(issuer, localKeys(keys))
  const identify = createRequestIdentity({ subgraph: 'auth', callers, accessTokens })
  const http = createHttpServer({ health, metrics, log })
  const schema = await createAuthSchema({ accounts, sessions, users, verificationTokens })
  resources.use(await serveSubgraph({ schema, http, identify, log }))
  http.get('/.well-known/jwks.json', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(publicKeySet(keys)),
  )
  await http.listen({ host: settings.HOST, port: settings.PORT })
  resources.defer(() => http.close())

  resources.use(repeat(announcer.sweep, { name: 'relay', everyMs: 2_000, log }))
  resources.use(
    repeat(() => sessionStore.removeExpired(now()), { name: 'sessions', everyMs: 3_600_000, log }),
  )
})
