/** Lists the times of all packets of a file by ffprobe, which decodes none of them. */
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { fileUrl, probeOptions } from '#runtime/ffmpeg/hardening.ts'
import { readingOptions } from '#runtime/ffmpeg/reading-options.ts'
import { readConfined } from '#runtime/ffmpeg/run-confined.ts'
import { unconfined, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { findExecutable } from '#runtime/process/find-executable.ts'
import type { Budget } from '#runtime/timeline/budget.ts'
import { createClockReader, shownPackets, type ClockReader } from './stream-clocks.ts'

/** What could be read; a file that breaks off has told what it holds up to there. */
export type ListClocks = (
  path: string,
  reading: SourceReading,
  signal: AbortSignal,
  places: Budget,
) => Promise<Pick<ClockReader, 'clocks' | 'audioStreams'>>

/**
 * @throws Error at once when there is no such executable; the listing throws the signal's reason, and DomainError CORRUPT_FILE
 * where it was ended by a limit: half a list would make gaps of jumps.
 */
export function createListClocks(ffprobePath: string, sandbox: Sandbox = unconfined): ListClocks {
  const executable = findExecutable(ffprobePath)
  return async (path, reading, signal, places) => {
    const launch = sandbox.confine(executable, { read: [path], write: [] })
    const reader = createClockReader(places)
    const options = [...probeOptions, ...readingOptions[reading], ...shownPackets, fileUrl(path)]
    const end = await readConfined(launch, options, signal, reader.line)
    if (end !== 0)
      throw new DomainError('CORRUPT_FILE', beyondLimits, { cause: new Error(`ffprobe: ${end}`) })
    return reader
  }
}

const beyondLimits =
  'To list when the packets of the file are heard takes more time or memory than reading one may take: it is damaged, or made to be so.'
