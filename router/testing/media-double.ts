/** A small real media subgraph: the true schema over HTTP and graphql-ws, conversions made up, bytes in and out. */
import { EventEmitter, once } from 'node:events'
import { createLocalJWKSet } from 'jose'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { parseInput } from '#runtime/graphql/parse-input.ts'
import { buildSubgraph } from '#runtime/graphql/build-subgraph.ts'
import type { SubgraphContext } from '#runtime/graphql/subgraph-context.ts'
import { createRequestIdentity } from '#runtime/graphql/request-identity.ts'
import { dateTimeScalar, safeIntScalar } from '#runtime/graphql/scalars.ts'
import { serveSubgraph } from '#runtime/graphql/subgraph-server.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { createAccessTokenVerifier } from '#runtime/tokens/verify-access-token.ts'
import type { DoubleOptions } from './auth-double.ts'
import { serveBytes, type ByteDouble } from './byte-double.ts'
import type { ConversionFeed, FeedEvent } from './conversion-feed.ts'
import { serveLive, type LiveDouble } from './live-double.ts'

export interface MediaDouble extends AsyncDisposable {
  readonly origin: string
  readonly live: LiveDouble
  readonly bytes: ByteDouble
  /**
   * Tells of each operation about the conversion `held` that it begins. A query is answered to nobody, and tells that it is
   * given up; a mutation waits for its release.
   */
  readonly held: EventEmitter<{ begun: []; givenUp: []; release: [] }>
}

export interface MediaDoubleOptions extends DoubleOptions {
  readonly feed: ConversionFeed
  readonly port?: number
}

async function hold(held: MediaDouble['held'], signal: AbortSignal): Promise<never> {
  held.emit('begun')
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  held.emit('givenUp')
  throw signal.reason
}

/** The owner is named in the id, so that a test chooses what auth will answer. */
function conversion(id: string, event?: FeedEvent) {
  if (id === 'nobodys') throw new DomainError('NOT_FOUND', 'There is no such conversion.')
  const progress =
    typeof event?.percent === 'number' ? { percent: event.percent, speed: 1, etaMs: 1000 } : null
  return {
    id,
    owner: { id: id.split(':')[1] ?? 'ada' },
    filename: 'talk.mp4',
    status: event?.status ?? 'QUEUED',
    progress,
  }
}

export async function startMediaDouble(options: MediaDoubleOptions): Promise<MediaDouble> {
  const { publicUrl, keys, issuer, log, feed, port = 0 } = options
  const held: MediaDouble['held'] = new EventEmitter()
  held.setMaxListeners(0)
  const resolvers = {
    DateTime: dateTimeScalar,
    SafeInt: safeIntScalar,
    Query: {
      conversion: (_: unknown, { id }: { id: string }, { signal }: SubgraphContext) =>
        id === 'held' ? hold(held, signal) : conversion(id),
      upload: () => Promise.reject(new DomainError('NOT_FOUND', 'There is no such upload.')),
    },
    Mutation: {
      startConversion(_: unknown, { input }: { input: { output?: object } }) {
        parseInput(outputOptionsSchema, input.output ?? {}, 'input.output')
        return { conversion: conversion('c1:ada') }
      },
      async cancelConversion(_: unknown, { input }: { input: { id: string } }) {
        if (input.id === 'held') {
          held.emit('begun')
          await once(held, 'release')
        }
        return { conversion: conversion(input.id) }
      },
    },
    Subscription: {
      conversionUpdated: {
        subscribe(_: unknown, { id, afterSequence }: { id: string; afterSequence?: number | null }) {
          if (id === 'nobodys') throw new DomainError('NOT_FOUND', 'There is no such conversion.')
          return feed.follow(afterSequence)
        },
        resolve: (event: FeedEvent, { id }: { id: string }) => ({
          ...event,
          at: new Date(0),
          conversion: conversion(id, event),
        }),
      },
    },
  }
  const http = createHttpServer({ log, servesOurOwn: true })
  const schema = await buildSubgraph('media', [resolvers], 10_000)
  const identify = createRequestIdentity({
    subgraph: 'media',
    callers: { router: keys },
    accessTokens: createAccessTokenVerifier(publicUrl, createLocalJWKSet(issuer.keySet)),
  })
  const bytes = serveBytes(http, keys)
  const subgraph = await serveSubgraph({ schema, http, identify, log })
  const live = serveLive({ http: http.server, schema, identify, log })
  const origin = await http.listen({ host: '127.0.0.1', port })
  return {
    origin,
    live,
    bytes,
    held,
    async [Symbol.asyncDispose]() {
      await live[Symbol.asyncDispose]()
      http.server.closeAllConnections()
      await http.close()
      await subgraph[Symbol.asyncDispose]()
    },
  }
}
