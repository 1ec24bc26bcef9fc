/** A track's rate and channels as its decoder gives them, where its header, or damage that was taken for one, says otherwise. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import type { ShownFrame } from '#runtime/timeline/frame-lines.ts'

/** One frame alone may be what a decoder made of noise. */
const leastAlike = 4

export function asDecoded(
  track: AudioTrack,
  frames: readonly ShownFrame[],
): { track: AudioTrack; warnings: Warning[] } {
  const last = frames.at(-1)
  const alike = frames.slice(-leastAlike).filter((frame) => last !== undefined && isAlike(frame, last))
  if (last === undefined || alike.length < leastAlike || isAlike(track, last)) return { track, warnings: [] }
  const { sampleRateHz, channels, channelLayout } = last
  const message = `The file says that this audio track has ${shapeWords(track)}; it has ${shapeWords(last)}.`
  return {
    track: { ...track, sampleRateHz, channels, channelLayout },
    warnings: [warning('HEADER_WRONG', message, { audioTrack: track.index })],
  }
}

type Shape = Pick<AudioTrack, 'sampleRateHz' | 'channels'>

const isAlike = (one: Shape, other: Shape): boolean =>
  one.sampleRateHz === other.sampleRateHz && one.channels === other.channels

const shapeWords = ({ sampleRateHz, channels }: Shape): string =>
  `${sampleRateHz} Hz and ${channels} ${channels === 1 ? 'channel' : 'channels'}`
