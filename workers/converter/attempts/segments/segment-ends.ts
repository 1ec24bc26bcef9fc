/** Reads an encoded segment once, and keeps only its two ends, where it will be spliced. */
import { createMainData, framesIn, type Frame, type MainData } from '#converter/bitstream/bit-reservoir.ts'
import { readFrames } from '#converter/bitstream/frame-reader.ts'
import { readFront } from '#converter/bitstream/read-front.ts'
import type { XingTag } from '#converter/bitstream/xing-tag.ts'

export interface FrameWindow {
  readonly mainData: MainData
  /** Which frame of the segment the window's first is. */
  readonly firstFrame: number
  /** Where that begins in the file. */
  readonly position: number
}

export interface SegmentEnds {
  readonly path: string
  readonly tag: XingTag
  /** All before the first audio frame: ID3v2 and the tag's frame. */
  readonly front: Buffer
  readonly frames: number
  readonly head: FrameWindow
  readonly tail: FrameWindow
}

/** @param windowFrames How many frames to keep of each end. @throws Error when it is no MP3 of ffmpeg's making. */
export async function readSegmentEnds(path: string, windowFrames: number): Promise<SegmentEnds> {
  const found = await readFront(path)
  if (found === null) throw new Error('a segment without a Xing tag')
  const { tag, bytes: front } = found
  let head: FrameWindow | null = null
  let kept: Piece[] = []
  let frames = 0
  for await (const batch of readFrames(path, { start: front.length })) {
    const piece = { ...batch, firstFrame: frames }
    frames += batch.frames.length
    if (head === null || head.mainData.frames.length < windowFrames) {
      const pieces = head === null ? [piece] : [pieceOf(head), piece]
      head = windowOf(pieces, 0, Math.min(frames, windowFrames))
    }
    const firstWanted = frames - windowFrames
    kept = [...kept, piece].filter((old) => old.firstFrame + old.frames.length > firstWanted)
  }
  if (head === null) throw new Error('a segment without a frame')
  return { path, tag, front, frames, head, tail: windowOf(kept, Math.max(0, frames - windowFrames), frames) }
}

interface Piece {
  readonly bytes: Buffer
  readonly frames: readonly Frame[]
  readonly position: number
  readonly firstFrame: number
}

const pieceOf = ({ mainData: { bytes, frames }, position, firstFrame }: FrameWindow): Piece => ({
  bytes,
  frames,
  position,
  firstFrame,
})

/** A copy of the frames from `from` to before `to`, which the consecutive pieces hold. */
function windowOf(pieces: readonly Piece[], from: number, to: number): FrameWindow {
  const bytes = Buffer.concat(pieces.map((piece) => piece.bytes))
  const first = pieces[0]!
  const all = framesIn(bytes)
  const start = all[from - first.firstFrame]!.offset
  const end = all[to - first.firstFrame]?.offset ?? bytes.length
  const copy = Buffer.from(bytes.subarray(start, end))
  return {
    mainData: createMainData(copy, framesIn(copy)),
    firstFrame: from,
    position: first.position + start,
  }
}
