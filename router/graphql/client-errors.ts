/** What a client sees of an error: its code and text where the code is in the catalogue, and of any other error nothing. */
import { HeaderMap } from '@apollo/server'
import {
  GraphQLError,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLFormattedError,
} from 'graphql'
import { errorCodes, isErrorCode, type ErrorCode } from '#schema/errors/error-codes.ts'
import type { DomainError, ErrorDetails } from '#runtime/domain-error.ts'
import { graphqlErrorOf } from '#runtime/graphql/graphql-error.ts'
import { retryAfterOf } from '#runtime/retry-after.ts'
import type { Logger } from '#runtime/process/log.ts'

/** Apollo's codes for requests that are wrong, by the names our catalogue has for them. */
const requestCodes: Partial<Record<string, ErrorCode>> = {
  OPERATION_RESOLUTION_FAILURE: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_REQUEST',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_REQUEST',
}

/** A subgraph that answers with one of these was asked wrongly by us, not by the client. */
const routerFaults = new Set<string>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST'])

type Extensions = Readonly<Record<string, unknown>> | undefined

/** The code a client gets for an error with these extensions. */
export function clientCode(extensions: Extensions): ErrorCode {
  const code = extensions?.['code']
  if (typeof code !== 'string') return 'INTERNAL_SERVER_ERROR'
  if (extensions?.['serviceName'] !== undefined && routerFaults.has(code)) return 'INTERNAL_SERVER_ERROR'
  if (isErrorCode(code)) return code
  return requestCodes[code] ?? 'INTERNAL_SERVER_ERROR'
}

type PresentableError = Pick<GraphQLFormattedError, 'message'> & {
  readonly [key in 'locations' | 'path' | 'extensions']?: GraphQLFormattedError[key] | undefined
}

/** For Apollo Server's `formatError`, and for the events of subscriptions. */
export function presentError(error: PresentableError): GraphQLFormattedError {
  const code = clientCode(error.extensions)
  return {
    message: code === 'INTERNAL_SERVER_ERROR' ? errorCodes[code].meaning : error.message,
    ...(error.locations && { locations: error.locations }),
    ...(error.path && { path: clientPath(error.path) }),
    extensions: { code, ...detailsOf(error.extensions) },
  }
}

/** What helps a client to ask rightly, or at the right time. */
const publicDetails: readonly string[] = [
  ...([
    'limit',
    'allowed',
    'actual',
    'retryAfterMs',
    'until',
    'field',
    'problems',
  ] satisfies (keyof ErrorDetails)[]),
  'requestId',
]

const detailsOf = (extensions: Extensions) =>
  Object.fromEntries(Object.entries(extensions ?? {}).filter(([key]) => publicDetails.includes(key)))

/** The gateway's own steps end a path that leads into another subgraph: they mean nothing to a client. */
function clientPath(path: readonly (string | number)[]): readonly (string | number)[] {
  const end = path.findIndex((step) => step === '_entities' || step === '@')
  return end === -1 ? path : path.slice(0, end)
}

/** A result as clients get it, whether it answers a query or tells an event. */
export function presentResult(result: ExecutionResult): FormattedExecutionResult {
  const errors = errorsOf(result)
  return {
    ...(errors.length > 0 && { errors: errors.map(presentError) }),
    ...(result.data !== undefined && { data: result.data }),
  }
}

/**
 * The gateway reports data that does not fit the schema apart from the errors, under an extension; to clients it is an
 * error like any other (GraphQL spec, 6.4.4).
 */
export function errorsOf({ errors, extensions }: ExecutionResult): readonly GatewayError[] {
  const unfit = extensions?.['valueCompletion'] as readonly GatewayError[] | undefined
  return [...(errors ?? []), ...(unfit ?? [])]
}

/** What the gateway lists as an error need not be a GraphQLError. */
type GatewayError = Error & Partial<Pick<GraphQLError, 'extensions' | 'originalError' | 'path' | 'locations'>>

/** Logs each error that is masked, unless a subgraph has logged it already. */
export function logUnexplained(errors: readonly GatewayError[], log: Logger): void {
  for (const error of errors) {
    const { code, serviceName } = error.extensions ?? {}
    const isLoggedThere = serviceName !== undefined && code === 'INTERNAL_SERVER_ERROR'
    if (isLoggedThere || clientCode(error.extensions) !== 'INTERNAL_SERVER_ERROR') continue
    log.error(
      { err: error.originalError ?? error, path: error.path },
      'an operation failed by our fault; its client is told INTERNAL_SERVER_ERROR',
    )
  }
}

/** Thrown, it ends an HTTP request before its operation runs: Apollo Server answers with the status it carries. */
export function requestError(error: DomainError): GraphQLError {
  const { message, extensions } = graphqlErrorOf(error)
  const headers = new HeaderMap()
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) headers.set('retry-after', retryAfter)
  const http: object = { status: errorCodes[error.code].httpStatus, headers }
  return new GraphQLError(message, { originalError: error, extensions: { ...extensions, http } })
}
