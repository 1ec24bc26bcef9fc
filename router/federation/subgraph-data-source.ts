/** Sends the gateway's requests to a subgraph over HTTP: signs them, and shares one request among clients' identical ones. */
import type { GraphQLDataSource } from '@apollo/gateway'
import { Pool } from 'undici'
import * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { assertionHeader, signAssertion } from '#runtime/tokens/assertion.ts'
import type { RouterContext } from '#router/router-context.ts'
import { uniqueRepresentations, type SubgraphAnswer } from './unique-representations.ts'

export interface SubgraphDataSourceDependencies {
  readonly subgraph: string
  /** Where the subgraph is; its GraphQL is at /graphql. */
  readonly origin: string
  readonly keys: RotatingKeys
  readonly timeoutMs?: number
}

export type SubgraphDataSource = GraphQLDataSource<RouterContext> & AsyncDisposable

const errorSchema = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string().optional() }).optional(),
})
const answerSchema = z
  .object({ data: z.record(z.string(), z.unknown()).nullish(), errors: z.array(errorSchema).optional() })
  .refine((answer) => answer.data !== undefined || answer.errors !== undefined, 'neither data nor errors')

export function createSubgraphDataSource(dependencies: SubgraphDataSourceDependencies): SubgraphDataSource {
  const { subgraph, origin, keys, timeoutMs = 15_000 } = dependencies
  const pool = new Pool(origin, {
    connections: 64,
    pipelining: 1,
    // Shorter than the subgraph keeps its end, so that no request meets a connection that is closing.
    keepAliveTimeout: 30_000,
    connectTimeout: 3_000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  })
  const inFlight = new Map<string, Promise<string | null>>()

  const send = async (body: string, context: RouterContext): Promise<string | null> => {
    const { requestId, clientAddress, log } = context
    const client = context.client()
    const userToken = bearerToken(client?.authorization) ?? ''
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-request-id': requestId,
      [assertionHeader]: signAssertion({ caller: 'router', subgraph, body, userToken, clientAddress }, keys),
      ...(client && { authorization: client.authorization }),
    }
    try {
      const response = await pool.request({ path: '/graphql', method: 'POST', headers, body })
      return await response.body.text()
    } catch (error) {
      log.warn({ err: error, subgraph }, 'a subgraph did not answer; the client is told SERVICE_UNAVAILABLE')
      return null
    }
  }

  const share = (key: string, request: () => Promise<string | null>) => {
    const running = inFlight.get(key)
    if (running) return running
    const started = request().finally(() => inFlight.get(key) === started && inFlight.delete(key))
    inFlight.set(key, started)
    return started
  }

  return {
    async process(options) {
      if (!('incomingRequestContext' in options))
        throw new Error('the router asks subgraphs for clients only')
      const { context, request } = options
      const { variables, restore } = uniqueRepresentations(request.variables ?? {})
      const body = JSON.stringify({ query: request.query, operationName: request.operationName, variables })
      const isMutation = options.incomingRequestContext.operation.operation === 'mutation'
      const identity = context.client()?.authorization ?? ''
      const text = await (isMutation
        ? send(body, context)
        : share(`${context.clientAddress}\n${identity}\n${body}`, () => send(body, context)))
      // A request that comes after a mutation must not get an answer from before it.
      if (isMutation) inFlight.clear()
      return restore(readAnswer(text, subgraph, context))
    },
    [Symbol.asyncDispose]: () => pool.close(),
  }
}

/** Each caller parses its own copy of a shared answer, because the gateway changes what it merges. */
function readAnswer(text: string | null, subgraph: string, { log }: RouterContext): SubgraphAnswer {
  if (text === null) return unavailable()
  try {
    return answerSchema.parse(JSON.parse(text)) as SubgraphAnswer
  } catch (error) {
    log.warn(
      { err: error, subgraph },
      'a subgraph answered with something that is not GraphQL; the client is told SERVICE_UNAVAILABLE',
    )
    return unavailable()
  }
}

const unavailable = (): SubgraphAnswer => ({
  data: null,
  ...graphqlErrorBody(new DomainError('SERVICE_UNAVAILABLE')),
})
