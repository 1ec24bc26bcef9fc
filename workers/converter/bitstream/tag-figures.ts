/** Counts, while frames go by, what the Xing tag before them is to tell. */
import { crc16 } from './crc16.ts'
import type { FrameBatch } from './frame-reader.ts'
import { createTableOfContents } from './table-of-contents.ts'
import type { XingFigures } from './xing-tag.ts'

export interface TagFigures {
  add(batch: FrameBatch): void
  finish(endPadding: number): XingFigures
}

/** @param tagFrameBytes The length of the frame that holds the tag. */
export function createTagFigures(tagFrameBytes: number): TagFigures {
  const tableOfContents = createTableOfContents(tagFrameBytes)
  let frames = 0
  let musicCrc = 0
  let firstBitrateKbps: number | null = null
  let variable = false
  return {
    add(batch) {
      for (const { header } of batch.frames) {
        tableOfContents.add(header.frameBytes)
        firstBitrateKbps ??= header.bitrateKbps
        variable ||= header.bitrateKbps !== firstBitrateKbps
      }
      frames += batch.frames.length
      musicCrc = crc16(batch.bytes, musicCrc)
    },
    finish: (endPadding) => ({
      kind: variable ? ('Xing' as const) : ('Info' as const),
      frames,
      bytes: tableOfContents.sizeBytes(),
      tableOfContents: tableOfContents.entries(),
      endPadding,
      musicCrc,
    }),
  }
}
