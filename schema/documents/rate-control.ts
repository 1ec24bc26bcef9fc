/** How the bitrate of an MP3 is controlled: the options for it, and what they say together. */
import * as z from 'zod'
import { oneOf, optional, wholeIn } from '#schema/field-schemas.ts'
import { abrBitrateKbps, cbrBitratesKbps, vbrQuality } from '#schema/limits.ts'

export const rateControlOptions = {
  bitrateMode: z.enum(['CBR', 'ABR', 'VBR']).default('CBR'),
  /** Of CBR and ABR; null: 192. */
  bitrateKbps: optional(z.number()),
  /** Of VBR; null: 2. */
  vbrQuality: optional(wholeIn(vbrQuality)),
}

type RateControlOptions = z.infer<z.ZodObject<typeof rateControlOptions>>

export type RateControl =
  | { readonly bitrateMode: 'CBR' | 'ABR'; readonly bitrateKbps: number }
  | { readonly bitrateMode: 'VBR'; readonly vbrQuality: number }

const bitrateSchemas = { CBR: oneOf(cbrBitratesKbps), ABR: wholeIn(abrBitrateKbps) }

/** Reports an option of another mode, and a bitrate that the mode does not have. */
export function checkRateControl(
  { bitrateMode, bitrateKbps, vbrQuality: quality }: RateControlOptions,
  context: z.RefinementCtx,
): void {
  if (bitrateMode === 'VBR') {
    if (bitrateKbps !== null) context.addIssue(of('bitrateKbps', 'VBR takes vbrQuality, not bitrateKbps'))
    return
  }
  if (quality !== null) context.addIssue(of('vbrQuality', `${bitrateMode} takes bitrateKbps, not vbrQuality`))
  // Within an object, so that the message names the field.
  const { error } = z
    .object({ bitrateKbps: optional(bitrateSchemas[bitrateMode]) })
    .safeParse({ bitrateKbps })
  for (const { message } of error?.issues ?? []) context.addIssue(of('bitrateKbps', message))
}

const of = (field: keyof RateControlOptions, message: string) => ({
  code: 'custom' as const,
  path: [field],
  message,
})

/** Whether these options can be judged together, however wrong others are. */
export const hasRateControl = ({ value }: { readonly value: unknown }): boolean =>
  z.object(rateControlOptions).safeParse(value).success

/** Fills in the default of the mode: 192 kbit/s, or quality 2. */
export function rateControlOf({
  bitrateMode,
  bitrateKbps,
  vbrQuality: quality,
}: RateControlOptions): RateControl {
  return bitrateMode === 'VBR'
    ? { bitrateMode, vbrQuality: quality ?? 2 }
    : { bitrateMode, bitrateKbps: bitrateKbps ?? 192 }
}
