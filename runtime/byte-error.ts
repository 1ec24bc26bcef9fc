/** A domain error as it is told to clients that send or fetch bytes: over tus, and at downloads. */
import type { FastifyReply, RawServerBase, RouteGenericInterface } from 'fastify'
import { errorCodes, type ErrorCode } from '#schema/errors/error-codes.ts'
import type { DomainError } from './domain-error.ts'

export interface ByteErrorBody {
  readonly code: ErrorCode
  readonly message: string
}

export const byteErrorBody = ({ code, message }: DomainError): ByteErrorBody => ({ code, message })

export function sendByteError(
  reply: FastifyReply<RouteGenericInterface, RawServerBase>,
  error: DomainError,
): void {
  void reply.code(errorCodes[error.code].httpStatus).send(byteErrorBody(error))
}
