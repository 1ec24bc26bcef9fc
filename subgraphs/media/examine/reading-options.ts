/** What ffmpeg must be told to read all of a file: of one whose streams begin late, or whose header is wrong about its size. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
import { readOn } from '#runtime/ffmpeg/hardening.ts'
import { hasEditLists } from '#media/examine/timeline/beginnings.ts'
import { beginLate } from './probe.ts'
import { holdsMoreThanItSays } from './wave-size.ts'

/** Audio that begins before is found by as much as is usually read ahead. */
const lateMs = 1_000

/** Reading as far as this takes no time to speak of. */
const soonMs = 10_000

/** Whether the audio of it may be found only after much else was read; an MP4 has an index. */
export const mayBeginLate = ({ container, audioTracks }: SourceMedia): boolean =>
  beginLate.has(container) ||
  (!hasEditLists({ container }) && audioTracks.some(({ startMs }) => startMs >= soonMs))

export interface Reading {
  /** Before the input; none for most files. */
  readonly reading: readonly string[]
  readonly warnings: readonly Warning[]
}

export async function readingOptions(
  path: string,
  { container, audioTracks }: SourceMedia,
): Promise<Reading> {
  if (container === 'wav' && (await holdsMoreThanItSays(path)))
    return { reading: ['-ignore_length', '1'], warnings: [endsLater] }
  const isLate = beginLate.has(container) && audioTracks.some(({ startMs }) => startMs >= lateMs)
  return { reading: isLate ? readOn : [], warnings: [] }
}

const endsLater = warning(
  'HEADER_WRONG',
  'The file says that its audio ends sooner than it does; all of the audio that is there was taken.',
)
