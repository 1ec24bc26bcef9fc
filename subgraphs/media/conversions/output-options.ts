/** Turns the graph's output options into stored ones: defaults filled in, what cannot be refused by name. */
import { cbrBitratesKbps, type OutputOptions } from '#schema/documents/output-options.ts'
import type { OutputOptionsInput } from '#schema/generated/media-resolvers.ts'
import { DomainError } from '#runtime/domain-error.ts'

/** CBR at 192 kbit/s, VBR at V2 unless said otherwise. @throws DomainError BAD_USER_INPUT. */
export function outputOptionsOf({ bitrateMode, bitrateKbps, vbrQuality }: OutputOptionsInput): OutputOptions {
  if (bitrateMode === 'VBR') {
    if (bitrateKbps != null) throw new DomainError('BAD_USER_INPUT', 'VBR takes vbrQuality, not bitrateKbps.')
    const quality = vbrQuality ?? 2
    if (quality < 0 || quality > 9) throw new DomainError('BAD_USER_INPUT', 'vbrQuality must be from 0 to 9.')
    return { bitrateMode: 'VBR', vbrQuality: quality }
  }
  if (vbrQuality != null) throw new DomainError('BAD_USER_INPUT', 'CBR takes bitrateKbps, not vbrQuality.')
  const bitrate = cbrBitratesKbps.find((allowed) => allowed === (bitrateKbps ?? 192))
  if (bitrate === undefined) {
    throw new DomainError('BAD_USER_INPUT', `bitrateKbps must be one of ${cbrBitratesKbps.join(', ')}.`)
  }
  return { bitrateMode: 'CBR', bitrateKbps: bitrate }
}
