/** Schemas of single fields that say by name what is wrong with a value. */
import * as z from 'zod'

export const isOneOf = <const T extends readonly number[]>(allowed: T, name: string) =>
  z
    .literal([...allowed] as number[], `${name} must be one of ${allowed.join(', ')}`)
    .transform((value) => value as T[number])

export const within = (low: number, high: number, name: string) => {
  const message = `${name} must be from ${low} to ${high}`
  return z.number(message).min(low, message).max(high, message)
}
export const whole = (low: number, high: number, name: string) =>
  within(low, high, name).refine(Number.isInteger, `${name} must be whole`)
export const milliseconds = (name: string) => whole(0, Number.MAX_SAFE_INTEGER, name)
export const optional = <T>(schema: z.ZodType<T>) =>
  schema.nullish().transform((value): T | null => value ?? null)
export const characters = (longest: number, name: string) =>
  z.string().max(longest, `${name} must have at most ${longest} characters`)
