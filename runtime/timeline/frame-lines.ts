/** What ffmpeg's filter `ashowinfo` says of each frame that a decoder gave. */
import type { DecodedFrame } from './step-finder.ts'

export interface ShownFrame extends DecodedFrame {
  readonly channels: number
  /** By ffmpeg's name; null where it is not known which channel is which. */
  readonly channelLayout: string | null
}

export const showFrames = 'ashowinfo'

const frameLine =
  /^\[Parsed_ashowinfo_\d+ @ [^\]]*\] \[info\] n: *\d+ pts: *(-?\d+|NOPTS) .* channels: *(\d+) chlayout: *(.+) rate: *(\d+) nb_samples: *(\d+) /

const inputLine = /^\[info\] {3}Duration: .*, start: (-?\d+\.\d+), bitrate: /

/** When the file begins by its own clock, of the line in which ffmpeg says so of its input; null for any other. */
export function readFileStart(line: string): number | null {
  const [, seconds] = inputLine.exec(line) ?? []
  return seconds === undefined ? null : Number(seconds)
}

/** @returns null for any other line. */
export function readFrameLine(line: string): ShownFrame | null {
  const [, pts, channels, layout, rate, samples] = frameLine.exec(line) ?? []
  if (samples === undefined) return null
  // The time base of audio in filters is a sample.
  return {
    startSeconds: pts === 'NOPTS' ? null : Number(pts) / Number(rate),
    samples: Number(samples),
    sampleRateHz: Number(rate),
    channels: Number(channels),
    channelLayout: layout === undefined || /^\d+ channels/.test(layout) ? null : layout,
  }
}
