/** What HTTP requests get that fail outside GraphQL: the shape their kind of client reads. */
import type { FastifyReply } from 'fastify'
import { errorCodes } from '#schema/errors/error-codes.ts'
import { byteErrorBody } from '#runtime/byte-error.ts'
import type { DomainError } from '#runtime/domain-error.ts'
import { graphqlErrorBody } from '#runtime/graphql/graphql-error.ts'
import type { ErrorAnswers } from '#runtime/process/http-errors.ts'
import { identifyErrors } from './place-errors.ts'
import { isBytePath } from '#router/bytes/byte-paths.ts'

const bodyOf = (error: DomainError, reply: FastifyReply) =>
  isBytePath(reply.request.url)
    ? byteErrorBody(error)
    : { errors: identifyErrors(graphqlErrorBody(error).errors, reply.request.id) }

export const errorAnswers: ErrorAnswers = {
  bodyOf,
  messages: {
    FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty; send an operation as JSON.',
    FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
    FST_ERR_CTP_BODY_TOO_LARGE: 'The request is larger than 256 KB.',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'Send the operation as application/json.',
  },
}

/** @param status Where HTTP has one that says more than the code's own. */
export function sendError(
  reply: FastifyReply,
  error: DomainError,
  status: number = errorCodes[error.code].httpStatus,
): FastifyReply {
  return reply.code(status).send(bodyOf(error, reply))
}
