/** How often something may be done: a setting such as `10/15m`. */
import * as z from 'zod'

export interface Rate {
  readonly count: number
  readonly windowMs: number
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

export const rateSetting = z.string().transform((value, context): Rate => {
  const [, count, length, unit] = /^([1-9]\d{0,8})\/([1-9]\d{0,3})?([smhd])$/.exec(value) ?? []
  if (unit !== undefined)
    return { count: Number(count), windowMs: Number(length ?? 1) * unitMs[unit as keyof typeof unitMs] }
  context.addIssue({
    code: 'custom',
    message: 'must be a number and a time (s, m, h or d), such as 10/15m or 100/d',
  })
  return z.NEVER
})
