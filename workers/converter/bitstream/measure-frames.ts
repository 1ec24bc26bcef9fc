/** Measures the frames after a Xing tag in one pass: all that the tag should say of them. */
import { crc16 } from './crc16.ts'
import type { FrameHeader } from './frame-header.ts'
import { readFrames } from './frame-reader.ts'
import type { XingTag } from './xing-tag.ts'

export interface FrameMeasures {
  readonly frames: number
  /** The tag's own frame included. */
  readonly bytes: number
  readonly musicCrc: number
  readonly variable: boolean
  /** Frames of another sample rate, version or number of channels than the tag's. */
  readonly strangers: number
  /**
   * For each hundredth of the playing time, how far into the file the hundredth before it is, less a frame. All are there
   * when the tag counts the frames right.
   */
  readonly earliest: readonly number[]
  /** How far the one after it is, and a frame. */
  readonly latest: readonly number[]
}

/** @throws BrokenFrames */
export async function measureFrames(path: string, tag: XingTag, signal: AbortSignal): Promise<FrameMeasures> {
  const earliest = createMarks(tag.frames, (percent) => Math.floor(((percent - 1) * tag.frames) / 100) - 1)
  const latest = createMarks(tag.frames, (percent) => Math.ceil(((percent + 1) * tag.frames) / 100) + 1)
  let [frames, bytes, musicCrc, strangers] = [0, tag.frameBytes, 0, 0]
  let first: FrameHeader | null = null
  let variable = false
  // The tag's own frame may count as the beginning of the audio, or not.
  earliest.reach(0, 0)
  latest.reach(0, bytes)
  for await (const batch of readFrames(path, { start: tag.position + tag.frameBytes })) {
    signal.throwIfAborted()
    musicCrc = crc16(batch.bytes, musicCrc)
    for (const { header } of batch.frames) {
      first ??= header
      frames++
      bytes += header.frameBytes
      earliest.reach(frames, bytes)
      latest.reach(frames, bytes)
      variable ||= header.bitrateKbps !== first.bitrateKbps
      // A version is known by its sample rates.
      if (header.sampleRateHz !== tag.sampleRateHz || header.channels !== tag.channels) strangers++
    }
  }
  return {
    frames,
    bytes,
    musicCrc,
    variable,
    strangers,
    earliest: earliest.positions,
    latest: latest.positions,
  }
}

/** Notes the position of one frame for each hundredth; no more than those, however long the file is. */
function createMarks(frames: number, frameAt: (percent: number) => number) {
  const targets = Array.from({ length: 100 }, (_, percent) => Math.min(frames, Math.max(0, frameAt(percent))))
  const positions: number[] = []
  return {
    positions,
    reach(frame: number, position: number) {
      while (targets[positions.length] === frame) positions.push(position)
    },
  }
}
