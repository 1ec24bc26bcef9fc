/** Reads the frames of a copied track once: whether they make an MP3 by themselves, and what the tag is to tell of them. */
import type { FrameHeader } from '#converter/bitstream/frame-header.ts'
import { readFrames, type FrameBatch } from '#converter/bitstream/frame-reader.ts'
import { readFront } from '#converter/bitstream/read-front.ts'
import { readMainDataBegin } from '#converter/bitstream/side-info.ts'
import { createTagFigures } from '#converter/bitstream/tag-figures.ts'
import type { XingFigures, XingTag } from '#converter/bitstream/xing-tag.ts'
import { NotCopyable } from './not-copyable.ts'

export interface CopiedFrames {
  /** What ffmpeg's muxer put before the frames. */
  readonly tag: XingTag
  /** The four bytes its frame begins with. */
  readonly tagHeader: Buffer
  readonly figures: XingFigures
  /** Of every frame, where all have the same. */
  readonly bitrateKbps: number | null
}

/** @throws NotCopyable, BrokenFrames */
export async function readCopiedFrames(path: string, signal: AbortSignal): Promise<CopiedFrames> {
  const front = await readFront(path)
  if (front === null) throw new NotCopyable('ffmpeg wrote no tag before the copied frames')
  const { tag, bytes } = front
  const figures = createTagFigures(tag.frameBytes)
  let first: FrameHeader | null = null
  for await (const batch of readFrames(path, { start: bytes.length })) {
    signal.throwIfAborted()
    if (first === null) first = firstOf(batch)
    for (const { header } of batch.frames) assureLike(header, tag)
    figures.add(batch)
  }
  if (first === null) throw new NotCopyable('no frame was copied')
  const finished = figures.finish(0)
  return {
    tag,
    tagHeader: bytes.subarray(tag.position, tag.position + 4),
    figures: finished,
    bitrateKbps: finished.kind === 'Info' ? first.bitrateKbps : null,
  }
}

/** A track cut out of a stream may need bits of frames that are not there: a player would take the tag's frame for them. */
function firstOf({ bytes, frames }: FrameBatch): FrameHeader {
  const { offset, header } = frames[0]!
  if (readMainDataBegin(bytes, offset, header) > 0)
    throw new NotCopyable('the first frame needs main data of frames before it')
  if (/^(Xing|Info|VBRI)/.test(bytes.toString('latin1', offset + 4 + header.sideInfoBytes, offset + 40)))
    throw new NotCopyable('the track begins with a tag of its own, which its container plays as audio')
  return header
}

/** A version is known by its sample rates. */
function assureLike({ sampleRateHz, channels }: FrameHeader, tag: XingTag): void {
  if (sampleRateHz !== tag.sampleRateHz || channels !== tag.channels)
    throw new NotCopyable(
      `a frame of ${sampleRateHz} Hz and ${channels} channels among ${tag.sampleRateHz} and ${tag.channels}`,
    )
}
