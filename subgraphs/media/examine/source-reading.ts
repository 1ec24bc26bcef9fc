/** Finds out how a file has to be read: whether its streams begin late, or its header is wrong about its size. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { warning, type Warning } from '#schema/documents/warning.ts'
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

export interface FoundReading {
  readonly reading: SourceReading
  readonly warnings: readonly Warning[]
}

export async function readingOf(
  path: string,
  { container, audioTracks }: SourceMedia,
): Promise<FoundReading> {
  if (container === 'wav' && (await holdsMoreThanItSays(path)))
    return { reading: 'WRONG_SIZE', warnings: [endsLater] }
  const isLate = beginLate.has(container) && audioTracks.some(({ startMs }) => startMs >= lateMs)
  return { reading: isLate ? 'LATE' : 'USUAL', warnings: [] }
}

const endsLater = warning(
  'HEADER_WRONG',
  'The file says that its audio ends sooner than it does; all of the audio that is there was taken.',
)
