/** What HTTP requests get that fail outside GraphQL: the shape their kind of client reads, and never their own address. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { byteErrorBody } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { isBytePath } from '#router/bytes/byte-paths.ts'

const messages: Partial<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty; send an operation as JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request is larger than 256 KB.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the operation as application/json.',
}

/** @param status Where HTTP has one that says more than the code's own. */
export function sendError(
  reply: FastifyReply,
  error: DomainError,
  status: number = errorCodes[error.code].httpStatus,
): FastifyReply {
  const body = isBytePath(reply.request.url) ? byteErrorBody(error) : graphqlErrorBody(error)
  return reply.code(status).send(body)
}

/** For requests that Fastify refuses before it knows a route. */
export const frameworkErrors: NonNullable<FastifyServerOptions['frameworkErrors']> = (
  _error,
  _request,
  reply,
) => {
  sendError(reply, new DomainError('BAD_REQUEST'))
}

export function answerErrors(http: FastifyInstance, log: Logger): void {
  http.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500)
      return await sendError(reply, new DomainError('BAD_REQUEST', messages[error.code]), status)
    // Without the request: an upload's or a download's address is a secret.
    log.error(
      { err: error, requestId: request.id },
      'a request failed by our fault; its client is told INTERNAL_SERVER_ERROR',
    )
    return await sendError(reply, new DomainError('INTERNAL_SERVER_ERROR'))
  })
  http.setNotFoundHandler(async (_request, reply) => await sendError(reply, new DomainError('NOT_FOUND')))
}
