/** A domain error as it is told to clients that send or fetch bytes: over tus, and at downloads. */
import type { FastifyReply, RawServerBase, RouteGenericInterface } from 'fastify'
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import type { DomainError, ErrorDetails } from './domain-error.ts'
import { retryAfterOf } from './retry-after.ts'

export interface ByteErrorBody extends ErrorDetails {
  readonly code: ErrorCode
  readonly message: string
}

export const byteErrorBody = ({ code, message, details }: DomainError): ByteErrorBody => ({
  code,
  message,
  ...details,
})

export function sendByteError(
  reply: FastifyReply<RouteGenericInterface, RawServerBase>,
  error: DomainError,
): void {
  const retryAfter = retryAfterOf(error)
  if (retryAfter !== undefined) void reply.header('retry-after', retryAfter)
  void reply.code(errorCodes[error.code].httpStatus).send(byteErrorBody(error))
}
