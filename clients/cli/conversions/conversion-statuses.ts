/** Reads the states of conversions from the command line. */
import { InvalidArgumentError } from 'commander'
import type { ConversionStatus } from '#schema/generated/operations.ts'

const statuses = [
  'QUEUED',
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
] as const satisfies ConversionStatus[]

/** Several, by commas or by giving the option again. */
export function conversionStatuses(
  value: string,
  before: readonly ConversionStatus[] = [],
): ConversionStatus[] {
  const given = value.split(',').map((name) => {
    const status = statuses.find((known) => known === name.trim().toUpperCase())
    if (status === undefined)
      throw new InvalidArgumentError(`It must be one of ${statuses.join(', ').toLowerCase()}.`)
    return status
  })
  return [...before, ...given]
}
