/** What a file holds, by the probe that media runs on uploads: for tests of layers that may not import media. */
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { createProbe } from '#media/examine/probe.ts'
import { ffprobePath } from './media-tools.ts'

export const probeFile = (path: string, signal: AbortSignal): Promise<SourceMedia> =>
  createProbe(ffprobePath)(path, signal)
