/** The auth subgraph as one part: everything behind its HTTP routes, built from its settings. */
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { isSessionOperation } from '#runtime/graphql/session-operation.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { createHttpServer, type HttpServer } from '#runtime/process/http-server.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import type { ProcessScope } from '#runtime/process/run-process.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import { createThrottleStore } from '#runtime/throttle/throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import { refuseEndedSessions } from '#runtime/tokens/refuse-ended-sessions.ts'
import { createAccountThrottles } from '#auth/accounts/account-throttles.ts'
import { createDeleteAccount } from '#auth/accounts/account-deletion.ts'
import { createAccounts } from '#auth/accounts/accounts.ts'
import { createAddressProofs } from '#auth/accounts/address-proofs.ts'
import { createGuestSweep } from '#auth/accounts/guest-sweep.ts'
import { createGuests } from '#auth/accounts/guests.ts'
import { createKnownBlocks } from '#auth/accounts/known-blocks.ts'
import { createPasswordChanges } from '#auth/accounts/password-changes.ts'
import { countPasswordRuns } from '#auth/accounts/password-metrics.ts'
import { createPasswords } from '#auth/accounts/passwords.ts'
import { createUnverifiedSweep } from '#auth/accounts/unverified-sweep.ts'
import { createUserStore } from '#auth/accounts/user-store.ts'
import { createAuthSchema } from './auth-schema.ts'
import type { AuthSettings } from './auth-settings.ts'
import { createAccessTokenIssuer } from '#auth/keys/issue-access-token.ts'
import { keyForPurpose, localKeys, publicKeySet, secretForPurpose } from '#auth/keys/signing-keys.ts'
import { createVerificationTokens } from '#auth/keys/verification-tokens.ts'
import { createUserOutbox } from '#auth/outbox/user-outbox.ts'
import { createRemovalStore } from '#auth/removals/removal-store.ts'
import { createRemovals } from '#auth/removals/removals.ts'
import { announceEndedBy } from '#auth/sessions/announce-ended.ts'
import { createSessionStore } from '#auth/sessions/session-store.ts'
import { createSessions } from '#auth/sessions/sessions.ts'

const dayMs = 86_400_000

/** Ready to listen; `now` is the one clock by which tokens are issued and reuse is judged. */
export async function createAuthApp(
  scope: ProcessScope<AuthSettings>,
  now: () => Date = () => new Date(),
): Promise<HttpServer> {
  const { settings, log, metrics, health, signal, resources } = scope
  const { PUBLIC_URL: issuer, AUTH_SIGNING_KEYS: keys } = settings
  const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
  const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
  const publisher = resources.use(await createPublisher(rabbit))
  const users = createUserStore(database, log)
  const sessionStore = createSessionStore(database)
  const throttleStore = createThrottleStore(database)
  const knownBlockKeys = keys.map((key) => secretForPurpose('known-blocks', key)) as [Buffer, ...Buffer[]]
  const knownBlocks = createKnownBlocks(database, knownBlockKeys, now)
  const removalStore = createRemovalStore(database, log)
  const stores = [users, sessionStore, throttleStore, knownBlocks, removalStore]
  const prepare = () => Promise.all(stores.map((store) => store.prepare()))
  await retryForever('preparing the database', prepare, log, signal)

  const outbox = resources.use(createUserOutbox({ store: users, publisher, log }))
  const verificationKeys = keys.map((key) => keyForPurpose('verify-email', key)) as typeof keys
  const verificationTokens = await createVerificationTokens(issuer, verificationKeys, now)
  const passwords = await createPasswords({
    mostWaiting: settings.PASSWORD_QUEUE,
    countRun: countPasswordRuns(metrics),
  })
  const throttle = createThrottles({ store: throttleStore, log, now })
  const throttles = createAccountThrottles(throttle, settings, knownBlocks)
  const issueAccessToken = await createAccessTokenIssuer(issuer, keys[0], now)
  const mostOfUser = settings.SESSIONS_PER_USER
  const guests = createGuests({ store: users, throttles, lifetimeMs: settings.GUEST_DAYS * dayMs, now })
  const sessions = createSessions({
    store: sessionStore,
    users,
    issueAccessToken,
    mostOfUser,
    keepGuest: guests.keep,
    countRefresh: throttle('refresh-session', settings.REFRESH_RATE).take,
    announceEnded: announceEndedBy(publisher),
    log,
    now,
  })
  const removals = resources.use(
    createRemovals({ store: removalStore, users, sessions, publisher, log, now }),
  )
  const affairs = {
    store: users,
    passwords,
    throttles,
    sessions,
    announce: outbox.announce,
    now,
  }
  const accounts = createAccounts(affairs)
  const addressProofs = createAddressProofs({ ...affairs, verificationTokens })
  const passwordChanges = createPasswordChanges({ ...affairs, removals })

  const callers = { router: settings.ROUTER_AUTH_KEY, mailer: settings.MAILER_AUTH_KEY }
  const accessTokens = refuseEndedSessions(
    createAccessTokenVerifier(issuer, localKeys(keys)),
    async (sessionId) => (await sessionStore.readSession(sessionId))?.ended ?? true,
  )
  const identify = createRequestIdentity({
    subgraph: 'auth',
    callers,
    accessTokens,
    needsNoToken: isSessionOperation,
  })
  const http = createHttpServer({ log, servesOurOwn: true })
  const dependencies = {
    accounts,
    guests,
    addressProofs,
    deleteAccount: createDeleteAccount({ ...affairs, removals }),
    passwordChanges,
    sessions,
    users,
    verificationTokens,
  }
  const schema = await createAuthSchema(dependencies, settings.ANSWER_ITEMS)
  resources.use(await serveSubgraph({ schema, http, identify, log }))
  http.get('/.well-known/jwks.json', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(publicKeySet(keys)),
  )
  resources.use(repeat(outbox.sweep, { name: 'outbox', everyMs: 2_000, log }))
  resources.use(repeat(removals.sweep, { name: 'removals', everyMs: 5_000, log }))
  resources.use(repeat(sessions.forgetOver, { name: 'sessions', everyMs: 3_600_000, log }))
  const endUnverified = createUnverifiedSweep({ users, removals, now })
  resources.use(repeat(endUnverified, { name: 'unverified accounts', everyMs: 600_000, log }))
  const endGuests = createGuestSweep({ users, removals, now })
  resources.use(repeat(endGuests, { name: 'guests', everyMs: 600_000, log }))
  resources.use(repeat(() => throttleStore.removeOver(now()), { name: 'throttles', everyMs: 60_000, log }))
  resources.use(
    repeat(() => knownBlocks.removeOver(now()), { name: 'known blocks', everyMs: 3_600_000, log }),
  )
  return http
}
