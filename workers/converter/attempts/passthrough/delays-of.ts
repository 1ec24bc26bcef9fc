/** Turns what a decoder leaves out of a track, by word of its container, into what a Xing tag says to the same end. */
import { decoderDelay, mostDelay } from '#converter/bitstream/delays.ts'
import { NotCopyable } from './not-copyable.ts'

export interface LeftOut {
  /** Samples a channel of all frames. */
  readonly frameSamples: number
  /** That the decoder gave. */
  readonly samples: number
  readonly samplesPerFrame: 576 | 1152
  /** That it gave of the first frame which is not left out whole. */
  readonly firstFrameSamples: number
}

export interface Delays {
  /** Null: nothing is known of the start. */
  readonly encoderDelay: number | null
  readonly endPadding: number
}

/**
 * The likeliest first: how many whole frames the decoder left out at the start cannot be seen, only proven.
 *
 * Without a tag's delay a player leaves nothing out, with one at least what a decoder is late by. So where the container
 * leaves out less of the start there is no tag that says so; an end of less than a frame is then left on.
 * @throws NotCopyable where no tag could say it.
 */
export function delaysOf({ frameSamples, samples, samplesPerFrame, firstFrameSamples }: LeftOut): Delays[] {
  const leftOut = frameSamples - samples
  if (leftOut < 0) throw new NotCopyable(`${samples} samples came out of frames for ${frameSamples}`)
  const found: Delays[] = []
  for (let start = samplesPerFrame - firstFrameSamples; start <= leftOut; start += samplesPerFrame) {
    const [encoderDelay, endPadding] = [start - decoderDelay, leftOut - start + decoderDelay]
    if (start === 0 && leftOut < samplesPerFrame) found.push({ encoderDelay: null, endPadding: 0 })
    else if (encoderDelay >= 0 && Math.max(encoderDelay, endPadding) <= mostDelay(samplesPerFrame))
      found.push({ encoderDelay, endPadding })
  }
  if (found.length === 0) throw new NotCopyable(`no tag leaves out ${leftOut} samples as the container does`)
  return found
}
