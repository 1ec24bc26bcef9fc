/** A whole router between two small real subgraphs, for tests. */
import { randomBytes } from 'node:crypto'
import type { GraphQLFormattedError } from 'graphql'
import { createClient, type Client } from 'graphql-ws'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { WebSocket } from 'ws'
import { createHealth, type Health } from '#runtime/process/health.ts'
import { createRouter } from '#router/router.ts'
import { routerSettings } from '#router/router-settings.ts'
import { startAuthDouble, type AuthDouble } from './auth-double.ts'
import { createConversionFeed, type ConversionFeed } from './conversion-feed.ts'
import { startMediaDouble, type MediaDouble } from './media-double.ts'
import { createTokenIssuer, type TokenIssuer } from './token-issuer.ts'

// As main.ts does.
process.env['APOLLO_TELEMETRY_DISABLED'] = 'true'

export const publicUrl = 'https://earshot.test'

export interface RouterRig extends AsyncDisposable {
  readonly origin: string
  readonly tokens: TokenIssuer
  readonly auth: AuthDouble
  readonly media: MediaDouble
  readonly feed: ConversionFeed
  /** The router's log lines. */
  readonly logged: string[]
  readonly metrics: Registry
  readonly health: Health
  restartMedia(whileAway?: () => Promise<void> | void): Promise<void>
  /** Ends the router as SIGTERM would. */
  stopRouter(): Promise<void>
  query(
    query: string,
    options?: QueryOptions,
  ): Promise<{ status: number; headers: Headers; body: GraphqlBody }>
  liveClient(authorization?: string, options?: PageOptions): Client
}

export interface QueryOptions {
  readonly variables?: Record<string, unknown>
  readonly headers?: Record<string, string>
}

export interface GraphqlBody {
  readonly data?: Record<string, unknown> | null
  readonly errors?: (Pick<GraphQLFormattedError, 'message' | 'path' | 'locations'> & {
    extensions: { code: string; requestId: string; retryAfterMs?: number }
  })[]
}

export interface PageOptions {
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface RouterRigOptions {
  readonly supergraphFile?: string | URL
  readonly development?: boolean
  /** Instead of what the router is run with by default. */
  readonly settings?: Readonly<Record<string, string | number>>
}

export async function startRouterRig(options: RouterRigOptions = {}): Promise<RouterRig> {
  await using starting = new AsyncDisposableStack()
  const keys = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')] as const
  const settings = routerSettings.parse({
    NODE_ENV: options.development ? 'development' : 'production',
    PORT: 1,
    METRICS_PORT: 2,
    PUBLIC_URL: publicUrl,
    AUTH_URL: 'http://auth.invalid',
    MEDIA_URL: 'http://media.invalid',
    ROUTER_AUTH_KEY: keys[0],
    ROUTER_MEDIA_KEY: keys[1],
    ...options.settings,
  })
  const silent = pino({ level: 'silent' })
  const tokens = await createTokenIssuer(publicUrl)
  const feed = createConversionFeed()
  const double = { publicUrl, issuer: tokens, log: silent }
  const auth = starting.use(await startAuthDouble({ ...double, keys: settings.ROUTER_AUTH_KEY }))
  const startMedia = async (port = 0) =>
    await startMediaDouble({ ...double, keys: settings.ROUTER_MEDIA_KEY, feed, port })
  let media = await startMedia()
  starting.defer(() => media[Symbol.asyncDispose]())

  const logged: string[] = []
  const resources = starting.use(new AsyncDisposableStack())
  const metrics = new Registry()
  const scope = {
    settings: { ...settings, AUTH_URL: auth.origin, MEDIA_URL: media.origin },
    log: pino({ level: 'debug' }, { write: (line) => void logged.push(line) }),
    metrics,
    health: createHealth(),
    signal: new AbortController().signal,
    resources,
  }
  const supergraphFile =
    options.supergraphFile ?? new URL(import.meta.resolve('#schema/generated/supergraph.graphql'))
  const http = await createRouter(scope, { supergraphFile, reloadEveryMs: 20 })
  const origin = await http.listen({ host: '127.0.0.1', port: 0 })
  scope.health.started()

  const owned = starting.move()
  return {
    origin,
    tokens,
    auth,
    get media() {
      return media
    },
    feed,
    logged,
    metrics,
    health: scope.health,
    async restartMedia(whileAway) {
      const { port } = new URL(media.origin)
      await media[Symbol.asyncDispose]()
      await whileAway?.()
      media = await startMedia(Number(port))
    },
    stopRouter: () => resources.disposeAsync(),
    query: (query, request) => postQuery(origin, query, request),
    liveClient: (authorization, page) => connectLive(origin, authorization, page),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function postQuery(origin: string, query: string, { variables, headers }: QueryOptions = {}) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as GraphqlBody }
}

function connectLive(origin: string, authorization: string | undefined, page: PageOptions = {}): Client {
  class PageSocket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, page)
    }
  }
  return createClient({
    url: `${origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: PageSocket,
    retryAttempts: 0,
    connectionParams: authorization === undefined ? {} : { authorization },
  })
}
