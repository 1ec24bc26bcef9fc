/** What ffmpeg and ffprobe must be told to read all of a file, by how it has to be read. */
import type { SourceReading } from '#schema/documents/source-reading.ts'
import { inputOptions, readOn } from './hardening.ts'

/** Beside the usual options, and after them. */
export const readingOptions: Readonly<Record<SourceReading, readonly string[]>> = {
  USUAL: [],
  LATE: readOn,
  WRONG_SIZE: ['-ignore_length', '1'],
}

/** For ffmpeg, before an input whose audio is wanted. */
export const inputOptionsFor = (reading: SourceReading): readonly string[] => [
  ...inputOptions,
  ...readingOptions[reading],
]
