/** The graphql-ws side of the media double: each operation proves itself, as on the real one. */
import type { Server } from 'node:http'
import { GraphQLError, parse, validate, type GraphQLSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { DomainError } from '#runtime/domain-error.ts'
import type { IdentifyRequest } from '#runtime/graphql/request-identity.ts'
import type { Logger } from '#runtime/process/log.ts'
import { liveOperationBody } from '#runtime/tokens/assertion.ts'

export interface LiveDouble extends AsyncDisposable {
  /** The operations received so far. */
  readonly operations: {
    readonly query: string
    readonly userId: string | undefined
    readonly requestId: unknown
    readonly clientAddress: string | null
  }[]
  connections(): number
  /** Breaks every connection without closing it properly. */
  breakOff(): void
}

export interface LiveDoubleDependencies {
  readonly http: Server
  readonly schema: GraphQLSchema
  readonly identify: IdentifyRequest
  readonly log: Logger
}

export function serveLive({ http, schema, identify, log }: LiveDoubleDependencies): LiveDouble {
  const sockets = new WebSocketServer({ server: http, path: '/graphql' })
  const operations: LiveDouble['operations'] = []
  const protocol = useServer(
    {
      async onSubscribe(_context, _id, payload) {
        const { assertion, authorization, requestId } = payload.extensions ?? {}
        try {
          const known = await identify({ assertion, authorization, body: liveOperationBody(payload) })
          operations.push({
            query: payload.query,
            userId: known.identity?.userId,
            requestId,
            clientAddress: known.clientAddress,
          })
          const document = parse(payload.query)
          const errors = validate(schema, document)
          if (errors.length > 0) return errors
          const contextValue = { ...known, requestId, log }
          return { schema, document, contextValue, variableValues: payload.variables }
        } catch (error) {
          if (error instanceof DomainError) return [asGraphQLError(error)]
          throw error
        }
      },
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors
          ? { ...(result.data !== undefined && { data: result.data }), errors: result.errors.map(formatted) }
          : undefined,
    },
    sockets,
  )
  return {
    operations,
    connections: () => sockets.clients.size,
    breakOff: () => sockets.clients.forEach((socket) => socket.terminate()),
    async [Symbol.asyncDispose]() {
      await protocol.dispose()
    },
  }
}

const asGraphQLError = (error: DomainError) =>
  new GraphQLError(error.message, { extensions: { code: error.code } })

function formatted(error: GraphQLError) {
  const cause = error.originalError
  return cause instanceof DomainError
    ? { ...error.toJSON(), extensions: { code: cause.code } }
    : error.toJSON()
}
