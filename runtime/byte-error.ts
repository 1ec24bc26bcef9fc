/** A domain error as it is told to clients that send or fetch bytes: over tus, and at downloads. */
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import type { DomainError } from './domain-error.ts'

export interface ByteErrorBody {
  readonly code: ErrorCode
  readonly message: string
}

export const byteErrorBody = ({ code, message }: DomainError): ByteErrorBody => ({ code, message })
