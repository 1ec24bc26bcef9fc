/** A running auth subgraph with a database and virtual host of its own, and a clock the test sets. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { createHealth } from '#runtime/process/health.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { signAssertion } from '#runtime/tokens/assertion.ts'
import { liftedAccountLimits } from '#test/harness/lifted-limits.ts'
import { createTestDatabase, type TestDatabase } from '#test/harness/test-database.ts'
import { createTestVhost, type TestVhost } from '#test/harness/test-vhost.ts'
import { createAuthApp } from '#auth/auth-app.ts'
import { authSettings } from '#auth/auth-settings.ts'
import type { SigningKey } from '#auth/keys/signing-keys.ts'

export const issuer = 'https://earshot.test'

export interface RunningAuth extends AsyncDisposable {
  readonly origin: string
  readonly mongo: TestDatabase
  readonly vhost: TestVhost
  readonly keys: readonly SigningKey[]
  readonly routerKeys: RotatingKeys
  /** Everything it logged. */
  readonly logged: () => string
  /** Lets the clock jump. */
  pass(ms: number): void
  ask(query: string, variables?: object, options?: AskOptions): Promise<Answer>
}

export interface AskOptions {
  readonly caller?: 'router' | 'mailer'
  readonly token?: string
  readonly requestId?: string
  /** Where the router's client connects from. */
  readonly clientAddress?: string
  readonly userAgent?: string
  /** Sent instead of a right one; null for none. */
  readonly assertion?: ((body: string) => string) | null
}

export interface Answer {
  readonly status: number
  readonly data?: Record<string, never> | null
  readonly code?: string
  /** What the first error says besides its code. */
  readonly details?: { readonly retryAfterMs?: number }
}

export function makeSigningKey(kid: string): SigningKey {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { kty: 'OKP', crv: 'Ed25519', kid, d: d!, x: x! }
}

/** `beside` another one it shares that one's database and virtual host, as a second replica does. */
export async function startAuth(
  keys: readonly SigningKey[] = [makeSigningKey('key-1')],
  beside?: RunningAuth,
  limits: Readonly<Record<string, string>> = {},
): Promise<RunningAuth> {
  const resources = new AsyncDisposableStack()
  const mongo = beside?.mongo ?? resources.use(createTestDatabase())
  const vhost = beside?.vhost ?? resources.use(await createTestVhost())
  const secrets = { router: randomBytes(32), mailer: randomBytes(32) }
  const settings = authSettings.parse({
    PORT: '1',
    METRICS_PORT: '2',
    ...liftedAccountLimits,
    ...limits,
    PUBLIC_URL: issuer,
    MONGODB_URL: mongo.url,
    RABBITMQ_URL: vhost.url,
    AUTH_SIGNING_KEYS: JSON.stringify(keys),
    ROUTER_AUTH_KEY: secrets.router.toString('base64url'),
    MAILER_AUTH_KEY: secrets.mailer.toString('base64url'),
  })
  let logged = ''
  const log = pino({ level: 'debug' }, { write: (line) => void (logged += line) })
  let passedMs = 0
  const scope = {
    settings,
    log,
    metrics: new Registry(),
    health: createHealth(),
    signal: new AbortController().signal,
    resources,
  }
  const http = await createAuthApp(scope, () => new Date(Date.now() + passedMs))
  await http.listen({ host: '127.0.0.1', port: 0 })
  resources.defer(() => http.close())
  const origin = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  return {
    origin,
    mongo,
    vhost,
    keys,
    routerKeys: [secrets.router],
    logged: () => logged,
    pass: (ms) => void (passedMs += ms),
    async ask(
      query,
      variables = {},
      { caller = 'router', token, assertion, requestId, clientAddress = '203.0.113.1', userAgent } = {},
    ) {
      const body = JSON.stringify({ query, variables })
      const subject = {
        caller,
        subgraph: 'auth',
        body,
        userToken: token ?? '',
        clientAddress,
        ...(userAgent && { userAgent }),
      }
      const proof = assertion === undefined ? signAssertion(subject, [secrets[caller]]) : assertion?.(body)
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(proof !== undefined && { 'x-earshot-assertion': proof }),
          ...(requestId !== undefined && { 'x-request-id': requestId }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        body,
      })
      const { data, errors } = (await response.json()) as {
        data?: Answer['data']
        errors?: { extensions: { code?: string; retryAfterMs?: number } }[]
      }
      const { code, retryAfterMs } = errors?.[0]?.extensions ?? {}
      return {
        status: response.status,
        ...(data !== undefined && { data }),
        ...(code !== undefined && { code }),
        ...(retryAfterMs !== undefined && { details: { retryAfterMs } }),
      }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}
