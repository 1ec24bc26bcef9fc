/** What may be asked for: limits that clients know too. Stored options are read by them, so they may be widened, not narrowed. */

/** The bitrates of MPEG-1 layer III in kbit/s (ISO 11172-3, 2.4.2.3). */
export const cbrBitratesKbps = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] as const

/** MPEG-1 and MPEG-2 layer III know only these, and MPEG-2.5 the lowest three (ISO 11172-3, 13818-3). */
export const mp3SampleRatesHz = [
  8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
] as const

export const mp3ChannelCounts = [1, 2] as const

export interface Range {
  readonly least: number
  readonly most: number
}

export const abrBitrateKbps: Range = { least: 8, most: 320 }
/** LAME's -V, from the best to the smallest. */
export const vbrQuality: Range = { least: 0, most: 9 }
/** LAME's -q, from the best to the fastest. */
export const encoderQuality: Range = { least: 0, most: 9 }
export const targetLufs: Range = { least: -40, most: -5 }
export const maxTruePeakDbtp: Range = { least: -9, most: 0 }

export const mostTags = 100
export const mostTagKeyCharacters = 100
export const mostTagValueCharacters = 2_000
export const mostChapters = 500
export const mostChapterTitleCharacters = 200

export const idempotencyKeyCharacters: Range = { least: 1, most: 128 }

/** How many entries a page of a list may have. */
export const pageSize: Range = { least: 1, most: 100 }
