/** The candidate that an encode has written. */
import { durationMsOf } from '#converter/proof/proven-mp3.ts'
import type { ProveMp3, SampleCounts } from '#converter/proof/prove-mp3.ts'
import type { AttemptJob, Candidate } from './attempt.ts'

export const encodedMp3 = (
  proveMp3: ProveMp3,
  { outputPath, recipe, signal, share }: AttemptJob,
  encoded: SampleCounts & Pick<Candidate, 'identicalToSingleEncoder'>,
): Candidate => ({
  identicalToSingleEncoder: encoded.identicalToSingleEncoder,
  durationMs: durationMsOf(encoded.encodedSamples, recipe.sampleRateHz),
  prove: () => proveMp3(outputPath, recipe, encoded, signal, share),
})
