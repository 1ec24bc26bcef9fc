/** Reads the values of command-line options. */
import { InvalidArgumentError } from 'commander'
import { cbrBitratesKbps } from '#schema/documents/output-options.ts'
import type { ConversionStatus, OutputOptionsInput } from '#schema/generated/operations.ts'

function wholeNumber(value: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
}

export function bitrateKbps(value: string): number {
  const bitrate = wholeNumber(value)
  if ((cbrBitratesKbps as readonly number[]).includes(bitrate)) return bitrate
  throw new InvalidArgumentError(`It must be one of ${cbrBitratesKbps.join(', ')}.`)
}

export function vbrQuality(value: string): number {
  const quality = wholeNumber(value)
  if (quality <= 9) return quality
  throw new InvalidArgumentError('It must be 0 (best) to 9 (smallest).')
}

export function pageSize(value: string): number {
  const first = wholeNumber(value)
  if (first >= 1 && first <= 100) return first
  throw new InvalidArgumentError('It must be 1 to 100.')
}

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

export function emailAddress(value: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return value
  throw new InvalidArgumentError('It must be an e-mail address.')
}

export interface BitrateOptions {
  readonly bitrate?: number | undefined
  readonly vbr?: number | undefined
}

/** Without either option the server's own default holds. */
export function outputOf({ bitrate, vbr }: BitrateOptions): OutputOptionsInput {
  if (vbr !== undefined) return { bitrateMode: 'VBR', vbrQuality: vbr }
  if (bitrate !== undefined) return { bitrateMode: 'CBR', bitrateKbps: bitrate }
  return {}
}
