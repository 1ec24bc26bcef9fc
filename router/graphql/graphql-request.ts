/** A request to /graphql as Apollo Server reads it, and the operation that it asks for. */
import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server'
import type { FastifyRequest } from 'fastify'
import type { OperationToJudge } from '#router/guard/operation-guard.ts'

/** A HEAD is answered as a GET would be, without the body. */
const isGet = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD'

const searchOf = ({ url }: FastifyRequest) => {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start)
}

export function httpRequestOf(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value))
  return {
    method: isGet(request) ? 'GET' : request.method,
    headers,
    search: searchOf(request),
    body: request.body,
  }
}

/** Null where there is none that could be judged; Apollo Server says then what is wrong. */
export function askedOperation(request: FastifyRequest): OperationToJudge | null {
  if (!isGet(request)) return request.body as OperationToJudge | null
  const search = new URLSearchParams(searchOf(request))
  return { query: search.get('query') ?? undefined, variables: parsed(search.get('variables')) }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}
