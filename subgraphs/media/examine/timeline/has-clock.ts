/** Whether the packets of a container say when they are to be heard; in others, their time is only counted from what is before. */

const withClock: ReadonlySet<string> = new Set([
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'mpegts',
  'mpeg',
  'flv',
  'asf',
])

/** What ffmpeg's demuxer says of FLAC in ASF is not when it is to be heard. */
const withoutTimes = { container: 'asf', codec: 'flac' }

/** @param container By ffprobe's name of the demuxer. */
export const hasClock = (container: string): boolean => withClock.has(container)

export const tellsTime = (container: string, codec: string): boolean =>
  hasClock(container) && !(container === withoutTimes.container && codec === withoutTimes.codec)
