/** What an MP3 is to be like: parsed from input, with every default filled in. */
import * as z from 'zod'

/** The bitrates of MPEG-1 layer III in kbit/s (ISO 11172-3, 2.4.2.3). */
export const cbrBitratesKbps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const

export const outputOptionsSchema = z.discriminatedUnion('bitrateMode', [
  z.object({ bitrateMode: z.literal('CBR'), bitrateKbps: z.literal(cbrBitratesKbps) }),
  z.object({ bitrateMode: z.literal('VBR'), vbrQuality: z.int().min(0).max(9) }),
])

export type OutputOptions = z.infer<typeof outputOptionsSchema>
