/** The ways to an MP3, from the fastest to the safest. */
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { UnknownStuffing } from '#converter/bitstream/stuffing.ts'
import { NotCopyable } from '#converter/attempts/passthrough/not-copyable.ts'
import { createPassThroughAttempt } from '#converter/attempts/passthrough/pass-through.ts'
import { createEncodeInSegments } from '#converter/attempts/segments/encode-in-segments.ts'
import { UnprovenSplice } from '#converter/attempts/segments/plan-joins.ts'
import { defaultSegmentOptions, type SegmentOptions } from '#converter/attempts/segments/segment-options.ts'
import { createEncodeSingle } from '#converter/attempts/single/encode-single.ts'
import { createProveMp3, type ProveMp3 } from '#converter/proof/prove-mp3.ts'
import type { Attempt } from './attempt.ts'

export interface AttemptsOptions {
  readonly segments?: SegmentOptions
  readonly proveMp3?: ProveMp3
}

export function createAttempts(
  runFfmpeg: RunFfmpeg,
  { segments = defaultSegmentOptions, proveMp3 = createProveMp3(runFfmpeg) }: AttemptsOptions = {},
): readonly Attempt[] {
  const encodeInSegments = createEncodeInSegments(runFfmpeg, proveMp3, segments)
  return [
    {
      path: 'PASSTHROUGH',
      make: createPassThroughAttempt(runFfmpeg),
      leadsOn: (error) => (error instanceof NotCopyable ? 'info' : null),
    },
    { path: 'PARALLEL_SEEK', make: (job) => encodeInSegments(job, 'seek'), leadsOn: spliceFailure },
    { path: 'PARALLEL_SKIP', make: (job) => encodeInSegments(job, 'skip'), leadsOn: spliceFailure },
    // The last one: it alone decides what is the media's fault.
    { path: 'SINGLE', make: createEncodeSingle(runFfmpeg, proveMp3), leadsOn: () => null },
  ]
}

const spliceFailure: Attempt['leadsOn'] = (error) =>
  error instanceof UnprovenSplice || error instanceof UnknownStuffing ? 'info' : 'warn'
