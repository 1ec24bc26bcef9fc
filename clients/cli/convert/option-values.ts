/** Reads the values of command-line options. */
import { InvalidArgumentError } from 'commander'
import type { OutputOptionsInput, TagInput } from '#schema/generated/operations.ts'
import type { Range } from '#schema/limits.ts'

function wholeNumber(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
}

export const wholeIn =
  ({ least, most }: Range) =>
  (value: string): number => {
    const number = wholeNumber(value)
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be ${least} to ${most}.`)
  }

export const oneOf =
  (allowed: readonly number[]) =>
  (value: string): number => {
    const number = wholeNumber(value)
    if (allowed.includes(number)) return number
    throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`)
  }

/** A number from 0, or a language. */
export function audioTrack(value: string): NonNullable<OutputOptionsInput['audioTrack']> {
  if (/^\d{1,3}$/.test(value)) return { index: Number(value) }
  if (/^[a-z]{2,3}$/i.test(value)) return { language: value.toLowerCase() }
  throw new InvalidArgumentError('It must be a number from 0, or a language as in eng.')
}

/** `90`, `1:30`, `1:02:03.250` → milliseconds. */
export function milliseconds(value: string): number {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.(\d{1,3}))?$/.exec(value)
  if (match === null) throw new InvalidArgumentError('It must be a time, as 90, 1:30 or 1:02:03.250.')
  const [, hours = '0', minutes = '0', seconds, fraction = '0'] = match
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return whole * 1000 + Number(fraction.padEnd(3, '0'))
}

export const amountIn =
  ({ least, most }: Range, unit: string) =>
  (value: string): number => {
    const amount = /^-?\d{1,2}(\.\d{1,3})?$/.test(value) ? Number(value) : Number.NaN
    if (amount >= least && amount <= most) return amount
    throw new InvalidArgumentError(`It must be ${least} to ${most} ${unit}.`)
  }

/** Several, by giving the option again. */
export function tagList(value: string, before: readonly TagInput[] = []): TagInput[] {
  const [, key, text] = /^([^=]+)=(.*)$/s.exec(value) ?? []
  if (key === undefined || text === undefined)
    throw new InvalidArgumentError('It must be a key and a value, as title=Talk.')
  return [...before, { key: key.trim(), value: text }]
}
