/** A file that is hard to get right: how it is made, what is ordered of it, and what a careful player would give of it. */
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import type { WarningCode } from '#schema/documents/warning.ts'
import type { OutputOptionsInput } from '#schema/generated/operations.ts'
import type { Tone } from './timed-tones.ts'

export interface HardFile {
  /** A row of the table: `gap while the picture goes on`. */
  readonly kind: string
  readonly name: string
  /** Whether it is among those that `npm test` takes. */
  readonly inShortRun: boolean
  /** Beside the defaults. */
  readonly order?: OutputOptionsInput
  readonly expected: ExpectedMp3s | ExpectedRefusal
  /** Makes it in an empty folder. @returns its path. */
  make(folder: string): Promise<string>
}

export interface ExpectedRefusal {
  readonly refused: ErrorCode
  /** What the message says. */
  readonly words?: RegExp
}

export interface ExpectedMp3s {
  /** Every code that the conversion warns of, once, in any order; none where nothing is odd. */
  readonly warnings: readonly WarningCode[]
  /** What their messages say, together. */
  readonly words?: RegExp
  /** One, or one a chapter. */
  readonly mp3s: readonly ExpectedMp3[]
}

export interface ExpectedMp3 {
  /** To within a tenth of a second: the longest frame of any codec is 0.13 s. */
  readonly seconds?: number
  /** Where silence ends in which it begins, to within 5 ms. */
  readonly beginsSeconds?: number
  readonly filename?: string
  readonly channels?: 1 | 2
  readonly sampleRateHz?: number
  readonly heard?: readonly Heard[]
  /** As mutagen names the frames of an ID3 tag, `TPE1`, `TXXX:key`, `APIC:`: what str() makes of each; null: it is not there. */
  readonly frames?: Readonly<Record<string, string | null>>
  readonly picture?: { readonly type: number; readonly mimeType: string } | null
  readonly chapters?: readonly {
    readonly startMs: number
    readonly endMs: number
    readonly title: string | null
  }[]
}

/** Whole seconds of the MP3 are listened to one by one, but for a quarter at either end. */
export interface Heard {
  /** In the MP3, in seconds. */
  readonly from: number
  readonly to: number
  /** Where not given, both. */
  readonly side?: 'left' | 'right'
  /** What is heard in its first second; it goes on with the source's next second. Empty: silence. */
  readonly tones: readonly Tone[]
  /** Of full scale, where it is known what each tone is to be; otherwise, it is all that is heard. */
  readonly amplitude?: number
}
