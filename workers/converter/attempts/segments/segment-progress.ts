/** Adds up how far the segments of one job are. */
import type { Progress } from '#schema/documents/conversion-document.ts'

export interface SegmentProgress {
  /** @param doneMs How much audio the segment has encoded, its overlaps included. */
  report(segment: number, doneMs: number): void
}

/** @param lengthsMs How long each segment is, its overlaps included. */
export function createSegmentProgress(
  lengthsMs: readonly number[],
  onProgress: (progress: Progress) => void,
  monotonicMs: () => number = () => performance.now(),
): SegmentProgress {
  const startedAtMs = monotonicMs()
  const done = lengthsMs.map(() => 0)
  const allMs = lengthsMs.reduce((sum, length) => sum + length, 0)
  return {
    report(segment, doneMs) {
      done[segment] = Math.min(lengthsMs[segment]!, Math.max(done[segment]!, doneMs))
      const doneAllMs = done.reduce((sum, value) => sum + value, 0)
      const speed = doneAllMs / Math.max(1, monotonicMs() - startedAtMs)
      onProgress({
        percent: Math.round(Math.min(99, (doneAllMs / Math.max(1, allMs)) * 100) * 10) / 10,
        speed: Math.round(speed * 100) / 100,
        etaMs: speed > 0 ? Math.round((allMs - doneAllMs) / speed) : null,
      })
    },
  }
}
