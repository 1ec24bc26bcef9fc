/** What ffmpeg's filter `ashowinfo` says of each frame that a decoder gave. */
import type { DecodedFrame } from './step-finder.ts'

export const showFrames = 'ashowinfo'

const frameLine =
  /^\[Parsed_ashowinfo_\d+ @ [^\]]*\] \[info\] n: *\d+ pts: *(-?\d+|NOPTS) .* rate: *(\d+) nb_samples: *(\d+) /

/** @returns null for any other line. */
export function readFrameLine(line: string): DecodedFrame | null {
  const [, pts, rate, samples] = frameLine.exec(line) ?? []
  if (samples === undefined) return null
  // The time base of audio in filters is a sample.
  return {
    startSeconds: pts === 'NOPTS' ? null : Number(pts) / Number(rate),
    samples: Number(samples),
    sampleRateHz: Number(rate),
  }
}
