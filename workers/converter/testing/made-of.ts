/** The MP3 of a file, made as a converter makes it, for tests that listen to it. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pino } from 'pino'
import { outputOptionsSchema, type OutputOptions } from '#schema/documents/output-options.ts'
import type { AudioTrack } from '#schema/documents/source-media.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { ffmpegPath } from '#test/harness/media-tools.ts'
import { probeFile } from '#test/harness/probe-file.ts'
import type { MadeMp3 } from '#converter/attempts/first-proven.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { createMeasurePeak } from '#converter/loudness/measure-peak.ts'
import { measureMix } from '#converter/loudness/mix-peaks.ts'
import { recipeOf } from '#converter/plan/recipe.ts'
import { createEvenOut } from '#converter/source/even-out.ts'
import { onlyEncoded } from './encode-case.ts'
import { sourceOf } from './source-of.ts'

export interface MadeOf extends Pick<MadeMp3, 'warnings' | 'sampleCount' | 'encoding'> {
  readonly path: string
}

/** @param directory Where the MP3 is put. @param track The first unless given. */
export async function mp3MadeOf(
  sourcePath: string,
  directory: string,
  options: Partial<OutputOptions> = {},
  track?: AudioTrack,
): Promise<MadeOf> {
  const runFfmpeg = createFfmpeg(ffmpegPath)
  const { signal } = new AbortController()
  const source = sourceOf(await probeFile(sourcePath, signal), track)
  const plain = recipeOf(source, outputOptionsSchema.parse(options), null)
  using share = createCorePool(1).join()
  const log = pino({ level: 'silent' })
  const mixPeakDbtp = await measureMix(createMeasurePeak(runFfmpeg), {
    ...{ sourcePath, recipe: plain, share, signal, log },
  })
  const path = join(directory, `${randomUUID()}.mp3`)
  const disk = { hasRoomFor: async () => true }
  const made = await createMakeMp3(runFfmpeg)({
    ...{ sourcePath, outputPath: path, passthrough: false, share, signal, log },
    recipe: { ...plain, mixPeakDbtp },
    storing: onlyEncoded.storing,
    evenOut: createEvenOut({ runFfmpeg, disk }, { sourcePath, evenPath: `${path}.even` }),
    onProgress() {},
  })
  return { ...made, path }
}
