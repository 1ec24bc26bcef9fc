/** Joins encoded segments into one MP3, streaming, and gives it the tag that a single encoder's file would have. */
import { open, rename } from 'node:fs/promises'
import type { Splice } from '#converter/bitstream/splice.ts'
import { createTagFigures } from '#converter/bitstream/tag-figures.ts'
import { withFigures } from '#converter/bitstream/xing-tag.ts'
import { partFrames } from './part-frames.ts'
import { planJoins, type PlacedSegment, type ProofOptions } from './plan-joins.ts'

export interface JoinOptions extends ProofOptions {
  readonly signal: AbortSignal
}

/**
 * Writes beside the output and renames at the end: what is there under its name is whole.
 * @throws UnprovenSplice before anything is written; UnknownStuffing.
 */
export async function joinSegments(
  segments: readonly PlacedSegment[],
  outputPath: string,
  { signal, ...proof }: JoinOptions,
): Promise<readonly Splice[]> {
  const { parts, splices } = planJoins(segments, proof)
  const first = segments[0]!.ends
  const unfinishedPath = `${outputPath}.joining`
  {
    await using file = await open(unfinishedPath, 'w')
    await file.writeFile(first.front)
    const figures = createTagFigures(first.tag.frameBytes)
    for (const part of parts) {
      for await (const batch of partFrames(part)) {
        signal.throwIfAborted()
        figures.add(batch)
        await file.writeFile(batch.bytes)
      }
    }
    const tagFrame = first.front.subarray(first.tag.position)
    const finished = withFigures(tagFrame, figures.finish(segments.at(-1)!.ends.tag.endPadding))
    await file.write(finished, 0, finished.length, first.tag.position)
  }
  await rename(unfinishedPath, outputPath)
  return splices
}
