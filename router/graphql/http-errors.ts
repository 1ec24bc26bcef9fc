/** What HTTP requests get that fail outside GraphQL: the same shape, the same catalogue, and never their own address. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyServerOptions } from 'fastify'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import { errorCodes } from '#schema/errors/error-codes.ts'
import type { Logger } from '#runtime/process/log.ts'

export const errorBody = (code: ErrorCode, message: string = errorCodes[code].meaning) => ({
  errors: [{ message, extensions: { code } }],
})

const messages: Partial<Record<string, string>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty; send an operation as JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The request is larger than 256 KB.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the operation as application/json.',
}

/** For requests that Fastify refuses before it knows a route. */
export const frameworkErrors: NonNullable<FastifyServerOptions['frameworkErrors']> = (
  _error,
  _request,
  reply,
) => {
  // Its type knows the answers of the route, and there is no route.
  const answer = reply as unknown as FastifyReply
  void answer.code(400).send(errorBody('BAD_REQUEST'))
}

export function answerErrors(http: FastifyInstance, log: Logger): void {
  http.setErrorHandler(async (error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500) return await reply.code(status).send(errorBody('BAD_REQUEST', messages[error.code]))
    // Without the request: an upload's or a download's address is a secret.
    log.error({ err: error, requestId: request.id }, 'a request failed by our fault')
    return await reply.code(500).send(errorBody('INTERNAL_SERVER_ERROR'))
  })
  http.setNotFoundHandler(async (_request, reply) => await reply.code(404).send(errorBody('NOT_FOUND')))
}
