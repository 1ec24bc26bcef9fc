/** The way of a file through the product, in process: probed and screened as by media, made into an MP3 as by a converter. */
import { mkdir, rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { conversionSourceSchema } from '#schema/documents/conversion-document.ts'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { decodableCodecs } from '#runtime/ffmpeg/hardening.ts'
import { createLift } from '#runtime/ffmpeg/lift.ts'
import { createProbe } from '#runtime/ffmpeg/probe.ts'
import { createSandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createScreen } from '#runtime/ffmpeg/screen.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createCopyMp3 } from '#converter/copy-mp3.ts'
import { createEncode } from '#converter/encode.ts'
import { createMeasureLoudness } from '#converter/loudness/measure-loudness.ts'
import { createMakeMp3, type MadeMp3 } from '#converter/make-mp3.ts'
import { mp3Pieces, type Mp3Piece } from '#converter/mp3-pieces.ts'
import { createCorePool } from '#converter/parallel/core-pool.ts'
import { createEncodeParallel } from '#converter/parallel/encode-parallel.ts'
import { id3Tag } from '#converter/tags/id3-tag.ts'
import { createVerifyMp3 } from '#converter/verify-mp3.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'

export interface Passage {
  readonly media: SourceMedia
  readonly mp3: MadeMp3
  readonly outputPath: string
  /** What goes before the MP3 when it is stored. */
  readonly tag: Buffer
}

export interface PassageOptions {
  /** An empty folder for what is made. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly log: Logger
}

/** @throws DomainError as the product does. */
export type Pipeline = (path: string, options: PassageOptions) => Promise<Passage>

export async function createPipeline(log: Logger): Promise<Pipeline> {
  const sandbox = await createSandbox({ mode: 'auto', programs: [ffmpegPath, ffprobePath], log })
  const runFfmpeg = createFfmpeg(ffmpegPath, sandbox)
  const probe = createProbe(ffprobePath, sandbox)
  const [screen, lift] = [createScreen(runFfmpeg), createLift(runFfmpeg, probe)]
  const makeMp3 = createMakeMp3({
    runFfmpeg,
    encode: createEncodeParallel(runFfmpeg, createEncode(runFfmpeg)),
    verifyMp3: createVerifyMp3(runFfmpeg),
    measureLoudness: createMeasureLoudness(runFfmpeg),
    copyMp3: createCopyMp3(runFfmpeg),
    disk: { hasRoomFor: async () => true },
  })
  const corePool = createCorePool(availableParallelism())

  return async (path, options) => {
    const media = await screen(path, await probe(path, options.signal), options.signal)
    const liftFolder = join(options.folder, 'lift')
    await mkdir(liftFolder)
    try {
      const lifted = await lift({ ...options, path, media, folder: liftFolder })
      const sourcePath = lifted?.path ?? path
      const { sizeBytes } = lifted ?? { sizeBytes: (await stat(path)).size }
      const { recipe, tags, chapters } = pieceOf(media, sizeBytes)
      const outputPath = join(options.folder, 'output.mp3')
      using share = corePool.join()
      const evenSound = { path: join(liftFolder, 'even') }
      const order = { recipe, mayCopy: true, evenSound, onProgress() {}, share }
      const job = { ...options, sourcePath, outputPath, ...order }
      const mp3 = await makeMp3(job)
      const tag = id3Tag({ tags, cover: null, chapters, durationMs: mp3.durationMs })
      return { media, mp3, outputPath, tag }
    } finally {
      await rm(liftFolder, { recursive: true })
    }
  }
}

/** What is ordered without a wish: the first track that can be decoded, whole. */
function pieceOf(media: SourceMedia, sizeBytes: number): Mp3Piece {
  const track = media.audioTracks.find(({ codec }) => decodableCodecs.has(codec))
  const source = conversionSourceSchema.parse({
    ...{ uploadId: 'u', blobId: 'b', filename: 'f', sizeBytes, track },
    ...{ chapters: media.chapters, tags: media.tags, durationMs: track?.durationMs ?? media.durationMs },
  })
  const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128 })
  return mp3Pieces({ source, output })[0]!
}
