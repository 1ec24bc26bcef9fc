/** One way to an MP3: what it is given, and what it gives. */
import type { Progress } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
import type { CoreShare } from '#converter/cores/core-pool.ts'
import type { Recipe } from '#converter/plan/recipe.ts'
import type { ProvenMp3 } from '#converter/proof/proven-mp3.ts'
import type { Logger } from '#runtime/process/log.ts'

export type EncodingPath = Mp3Document['encoding']['path']

export interface AttemptJob {
  readonly sourcePath: string
  /** Where the MP3 is put. */
  readonly outputPath: string
  readonly recipe: Recipe
  /** Whether nothing is asked of the audio, so that an MP3 track may be passed through. */
  readonly passthrough: boolean
  readonly share: CoreShare
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly log: Logger
}

/** An MP3 at the job's `outputPath` that is yet to be proven. */
export interface Candidate {
  /** Whether its bytes are known to be those of a single encoder; false where that was not compared. */
  readonly identicalToSingleEncoder: boolean
  /** How long it is, unless the proof tells otherwise. */
  readonly durationMs: number
  /** @throws DomainError VERIFICATION_FAILED; MissingAudio; the signal's reason. */
  prove(): Promise<ProvenMp3>
}

export interface Attempt {
  readonly path: EncodingPath
  /**
   * @returns null where this way is closed, or nothing is gained by it.
   * @throws ChangingAudio; DomainError for what the media is to blame for; the signal's reason; whatever else went wrong.
   */
  make(job: AttemptJob): Promise<Candidate | null>
  /**
   * Judges an error of `make` or of the proof.
   * @returns the level at which it is logged before a safer attempt follows; null where it is thrown.
   */
  leadsOn(error: unknown): 'info' | 'warn' | null
}
