/** A file of the corpus: how it is made, and what must come of it. */
import type { ErrorCode } from '#schema/errors/error-codes.ts'

export interface CorpusFile {
  readonly name: string
  /** Whether it is among those that `npm test` takes; the long run takes all. */
  readonly inShortRun: boolean
  readonly expected: Expected
  /** Makes it in an empty folder. @returns its path. */
  make(folder: string): Promise<string>
}

export type Expected =
  | ExpectedAudio
  /** By any of these codes. */
  | { readonly refused: readonly ErrorCode[] }
  /** The file is random: it may be converted or refused by any code, and nothing else. */
  | 'any clean outcome'

/** An MP3 as long as what a bare ffmpeg decodes of the source. */
export interface ExpectedAudio {
  /** Empty where we do not know them. */
  readonly tonesHz: readonly number[]
  /** Of the source, where we know it without decoding; to within a frame of its codec. */
  readonly seconds?: number
  /** How much longer the MP3 is than what a bare ffmpeg decodes: by silence in gaps, or by a start that it leaves out. */
  readonly moreSeconds?: number
  /** The audio that is taken, where it is not the first. */
  readonly track?: number
  readonly channels?: 1 | 2
  readonly sampleRateHz?: number
}

export const refusedAs = (...codes: ErrorCode[]): Expected => ({ refused: codes })
