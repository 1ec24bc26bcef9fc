/** Encodes one audio track as MP3 by the fastest path whose result can be proven: on several cores at once, or by one process. */
import type { EncodeSingle } from '#converter/attempts/single/encode-single.ts'
import { UnknownStuffing } from '#converter/bitstream/stuffing.ts'
import { isUnevenAudio } from '#converter/source/uneven-audio.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { encodeInSegments } from './encode-in-segments.ts'
import { allowsSeek } from './allows-seek.ts'
import type { ParallelEncodeJob, ParallelEncodeResult, ParallelOptions } from './parallel-encode.ts'
import { UnprovenSplice } from './plan-joins.ts'

export const defaultParallelOptions: ParallelOptions = {
  leastSegmentMs: 120_000,
  warmUpFrames: 343,
  leastEqualFrames: 24,
  seekFromSegments: 8,
}

/** Judges the file that was encoded; a path whose result it rejects is followed by a safer one. */
export type Prove<Proof> = (encoded: ParallelEncodeResult) => Promise<Proof>

export type EncodeParallel = <Proof>(
  job: ParallelEncodeJob,
  prove: Prove<Proof>,
) => Promise<ParallelEncodeResult & { readonly proof: Proof }>

/** @returns null when there is nothing to gain by it. */
type EncodePath = (job: ParallelEncodeJob) => Promise<ParallelEncodeResult | null>

/**
 * @param encode The plain encode: for short sounds, and for whatever cannot be proven. It alone decides what is the media's
 * fault, so the last path's error is the one that is thrown; but an uneven sound, which none can encode, is thrown at once.
 */
export function createEncodeParallel(
  runFfmpeg: RunFfmpeg,
  encode: EncodeSingle,
  options: ParallelOptions = defaultParallelOptions,
): EncodeParallel {
  const single = async (job: ParallelEncodeJob): Promise<ParallelEncodeResult> => {
    const encoded = await job.share.run(() => encode(job), job.signal)
    return { ...encoded, path: 'single', identical: 'proven' }
  }
  return async (job, prove) => {
    for (const path of await parallelPaths(runFfmpeg, job, options)) {
      try {
        const encoded = await path(job)
        if (encoded !== null) return { ...encoded, proof: await prove(encoded) }
      } catch (error) {
        if (job.signal.aborted || isUnevenAudio(error)) throw error
        const expected = error instanceof UnprovenSplice || error instanceof UnknownStuffing
        job.log[expected ? 'info' : 'warn'](
          { err: error },
          'no proof for a parallel encode; a safer path follows',
        )
      }
    }
    const encoded = await single(job)
    return { ...encoded, proof: await prove(encoded) }
  }
}

/** From the fastest to the safest. */
async function parallelPaths(
  runFfmpeg: RunFfmpeg,
  { recipe, share, sourcePath }: ParallelEncodeJob,
  options: ParallelOptions,
): Promise<EncodePath[]> {
  const skip: EncodePath = (job) => encodeInSegments(runFfmpeg, job, 'skip', options)
  const seek: EncodePath = (job) => encodeInSegments(runFfmpeg, job, 'seek', options)
  const maySeek = share.cores >= options.seekFromSegments && (await allowsSeek(sourcePath, recipe))
  return maySeek ? [seek, skip] : [skip]
}
