/** Decodes a track to find where its time departs from its samples. */
import type { AudioTrack } from '#schema/documents/source-media.ts'
import type { SourceReading } from '#schema/documents/source-reading.ts'
import type { RunFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { fileUrl } from '#runtime/ffmpeg/hardening.ts'
import { inputOptionsFor } from '#runtime/ffmpeg/reading-options.ts'
import type { Budget } from '#runtime/timeline/budget.ts'
import { readFrameLine, showFrames } from '#runtime/timeline/frame-lines.ts'
import { createStepFinder, type FoundSteps } from '#runtime/timeline/step-finder.ts'
import { decodingLimits } from './within-bounds.ts'

export interface FileToRead {
  readonly path: string
  readonly reading: SourceReading
  readonly signal: AbortSignal
}

/** With the file's own times: ffmpeg would otherwise close up by itself what it takes for a new clock. */
export const asItSays: readonly string[] = ['-copyts']

interface StepsToList extends FileToRead {
  readonly track: AudioTrack
  /** Options of the input beside those of the reading. */
  readonly further: readonly string[]
  /** Of all tracks of the file together. */
  readonly places: Budget
}

export async function listSteps(
  runFfmpeg: RunFfmpeg,
  { path, reading, track, further, places, signal }: StepsToList,
): Promise<FoundSteps> {
  const finder = createStepFinder(places)
  await runFfmpeg({
    inputOptions: [...inputOptionsFor(reading), ...further, ...asItSays],
    input: fileUrl(path),
    outputOptions: [
      ...['-map', `0:a:${track.index}`, '-vn', '-sn', '-dn'],
      ...['-af', showFrames, '-max_error_rate', '1', '-f', 'null'],
    ],
    output: '-',
    limits: decodingLimits,
    signal,
    onLine: (line) => {
      const frame = readFrameLine(line)
      if (frame !== null) finder.frame(frame)
    },
  })
  return finder.finish()
}
