/** A client of the public API as any engineer would write one: fetch, graphql-ws and tus, and no code of ours. */
import { randomUUID } from 'node:crypto'
import { createClient, type Client, type ClientOptions } from 'graphql-ws'
import { print } from 'graphql'
import { WebSocket } from 'ws'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'

export interface GraphqlAnswer<T> {
  readonly httpStatus: number
  readonly data?: T | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions?: { readonly code?: string }
  }[]
}

export interface ApiClient {
  readonly origin: string
  token: string | undefined
  /** Any answer, errors included. */
  ask<T>(query: string, variables?: object): Promise<GraphqlAnswer<T>>
  /** The data of an answer without errors. */
  run<R, V extends object>(document: TypedDocumentNode<R, V>, variables: V): Promise<R>
  /** The code of an answer that must be an error. */
  refusal<R, V extends object>(document: TypedDocumentNode<R, V>, variables: V): Promise<string>
  openSocket(options?: Pick<ClientOptions, 'retryAttempts' | 'lazy'>): Client
}

export function createApiClient(origin: string, token?: string): ApiClient {
  const client: ApiClient = {
    origin,
    token,
    ask: async (query: string, variables: object = {}) => {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(client.token && { authorization: `Bearer ${client.token}` }),
        },
        body: JSON.stringify({ query, variables }),
      })
      return { httpStatus: response.status, ...((await response.json()) as object) }
    },
    async run(document, variables) {
      const answer = await client.ask(print(document), variables)
      if (answer.errors) throw new Error(`the API refused: ${JSON.stringify(answer.errors)}`)
      return answer.data as never
    },
    async refusal(document, variables) {
      const answer = await client.ask(print(document), variables)
      const code = answer.errors?.[0]?.extensions?.code
      if (code === undefined) throw new Error(`the API did not refuse: ${JSON.stringify(answer)}`)
      return code
    },
    openSocket: (options = {}) =>
      createClient({
        ...options,
        url: `${origin.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: () => ({ authorization: `Bearer ${client.token}` }),
      }),
  }
  return client
}

export const newKey = (): string => randomUUID()
