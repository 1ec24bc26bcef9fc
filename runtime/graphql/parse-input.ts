/** Reads what a client gave by the schema of what it may give. */
import type * as z from 'zod'
import { DomainError } from '#runtime/domain-error.ts'

/** @throws DomainError BAD_USER_INPUT with the first thing that is wrong, under the name that the field has. */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new DomainError('BAD_USER_INPUT', issue && `${issue.message}.`)
}
