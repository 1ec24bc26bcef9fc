/** Joins encoded segments into one MP3, streaming, and gives it the tag that a single encoder's file would have. */
import { open, rename } from 'node:fs/promises'
import { crc16 } from '#converter/mp3/crc16.ts'
import type { FrameBatch } from '#converter/mp3/frame-reader.ts'
import type { Splice } from '#converter/mp3/splice.ts'
import { createTableOfContents } from '#converter/mp3/table-of-contents.ts'
import { withFigures, type XingTag } from '#converter/mp3/xing-tag.ts'
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
    const figures = createFigures(first.tag)
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

/** Counts what the tag tells of the frames. */
function createFigures(tag: XingTag) {
  const tableOfContents = createTableOfContents(tag.frameBytes)
  let frames = 0
  let musicCrc = 0
  let firstBitrateKbps: number | null = null
  let variable = false
  return {
    add(batch: FrameBatch) {
      for (const { header } of batch.frames) {
        tableOfContents.add(header.frameBytes)
        firstBitrateKbps ??= header.bitrateKbps
        variable ||= header.bitrateKbps !== firstBitrateKbps
      }
      frames += batch.frames.length
      musicCrc = crc16(batch.bytes, musicCrc)
    },
    finish: (endPadding: number) => ({
      kind: variable ? ('Xing' as const) : ('Info' as const),
      frames,
      bytes: tableOfContents.sizeBytes(),
      tableOfContents: tableOfContents.entries(),
      endPadding,
      musicCrc,
    }),
  }
}
