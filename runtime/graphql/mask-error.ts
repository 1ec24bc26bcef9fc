/** What a client sees of an error: a domain error as it is, the client's own mistakes by name, and nothing of anything else. */
import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { isErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorOf } from './graphql-error.ts'
import type { Logger } from '#runtime/process/log.ts'

/** For Apollo Server's `formatError`. Bugs and outages are logged here, once, with their cause. */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  const original = unwrapResolverError(error)
  if (original instanceof DomainError) return { ...formatted, ...graphqlErrorOf(original).toJSON() }
  const code = formatted.extensions?.['code']
  const isBug = !(original instanceof GraphQLError) && original instanceof Error
  if (!isBug && isErrorCode(code) && code !== 'INTERNAL_SERVER_ERROR')
    return { ...formatted, extensions: { code } }
  log.error(
    { err: original, path: formatted.path },
    'an operation failed by our fault; its client is told INTERNAL_SERVER_ERROR',
  )
  return { ...formatted, ...graphqlErrorOf(new DomainError('INTERNAL_SERVER_ERROR')).toJSON() }
}
