/** Schemas of single fields. What is wrong with a value is said of the field by its path, such as `trim.endMs`. */
import * as z from 'zod'
import type { Range } from './limits.ts'

export const says = (what: string) => ({
  error: ({ path }: z.core.$ZodRawIssue) => `${z.core.toDotPath(path ?? [])} ${what}`,
})

/** Null where it is not given. */
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null)

export const oneOf = <const T extends readonly number[]>(allowed: T) =>
  z.literal<T[number][]>([...allowed], says(`must be one of ${allowed.join(', ')}`))

export function numberIn({ least, most }: Range) {
  const wrong = says(`must be from ${least} to ${most}`)
  return z.number(wrong).min(least, wrong).max(most, wrong)
}

export const wholeIn = (range: Range) => numberIn(range).refine(Number.isInteger, says('must be whole'))

export const milliseconds = wholeIn({ least: 0, most: Number.MAX_SAFE_INTEGER })

export const text = (most: number) => z.string().max(most, says(`must have at most ${most} characters`))
