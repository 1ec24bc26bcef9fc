/** Reads what a client gave by the schema of what it may give. */
import * as z from 'zod'
import { DomainError, type InputProblem } from '#runtime/domain-error.ts'

/**
 * @param at Where the value stands in the operation, such as `input.output`.
 * @throws DomainError BAD_USER_INPUT: its message is the first thing that is wrong, its details are all of them.
 */
export function parseInput<T>(schema: z.ZodType<T>, raw: unknown, at: string): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  throw inputError(
    ...parsed.error.issues.map(({ path, message }) => ({
      field: z.core.toDotPath([...at.split('.'), ...path]),
      message: `${message}.`,
    })),
  )
}

/** BAD_USER_INPUT that names each field by its place in the operation. */
export function inputError(...problems: readonly InputProblem[]): DomainError {
  const [first] = problems
  return new DomainError('BAD_USER_INPUT', first?.message, {
    details: first === undefined ? {} : { field: first.field, problems },
  })
}
