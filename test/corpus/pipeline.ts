/** The way of a file through the product, in process: probed and screened as by media, made into an MP3 as by a converter. */
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { decodableCodecs } from '#runtime/ffmpeg/hardening.ts'
import { createExtractAudio } from '#media/examine/extract-audio.ts'
import { createMeasurePicture } from '#media/examine/measure-picture.ts'
import { createPictures } from '#media/examine/pictures.ts'
import { createProbe } from '#media/examine/probe.ts'
import { createSandbox, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createScreen } from '#media/examine/screen.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createExamineSource } from '#media/examine/examine-upload.ts'
import type { MadeMp3 } from '#converter/attempts/first-proven.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createEvenOut } from '#converter/source/even-out.ts'
import { mp3Pieces, type Mp3Piece } from '#converter/plan/mp3-pieces.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { id3Tag } from '#converter/store/tags/id3-tag.ts'
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
  /** Whether the cover is to be a frame of the video, so that pictures are decoded as well. */
  readonly takesFrame: boolean
  readonly signal: AbortSignal
  readonly log: Logger
  /** Is told of every run of ffmpeg or ffprobe that failed, also of those that the product does without. */
  readonly onFailure: (error: unknown) => void
}

/** @throws DomainError as the product does. */
export type Pipeline = (path: string, options: PassageOptions) => Promise<Passage>

export async function createPipeline(log: Logger): Promise<Pipeline> {
  const sandbox = await createSandbox({ mode: 'required', programs: [ffmpegPath, ffprobePath], log })
  const corePool = createCorePool(availableParallelism())

  return async (path, { takesFrame, onFailure, ...options }) => {
    const { examine, makeMp3, runFfmpeg } = partsOf(sandbox, onFailure)
    const mediaFolder = join(options.folder, 'media')
    await mkdir(mediaFolder)
    try {
      const { size: sizeBytes } = await stat(path)
      const upload = { sizeBytes, coverFrameMs: takesFrame ? 1_000 : null }
      const findings = await examine({ ...options, path, upload, folder: mediaFolder })
      assert.ok(findings.purpose === 'SOURCE')
      const { media, source, picture } = findings
      const { recipe, tags, chapters } = pieceOf(media, source.sizeBytes)
      const outputPath = join(options.folder, 'output.mp3')
      using share = corePool.join()
      const { path: sourcePath } = source
      const evenPath = join(mediaFolder, 'even')
      const mp3 = await makeMp3({
        ...options,
        sourcePath,
        outputPath,
        recipe,
        passthrough: true,
        evenOut: createEvenOut(
          { runFfmpeg, disk: { hasRoomFor: async () => true } },
          { sourcePath, evenPath },
        ),
        storing: {
          tagOf: () => Buffer.alloc(0),
          store: async () => ({ blobId: 'b', sizeBytes: 0, sha256: '' }),
        },
        onProgress() {},
        share,
      })
      const cover = picture && (await readFile(picture.path))
      return { media, mp3, outputPath, tag: id3Tag({ tags, cover, chapters, durationMs: mp3.durationMs }) }
    } finally {
      await rm(mediaFolder, { recursive: true })
    }
  }
}

function partsOf(sandbox: Sandbox, onFailure: PassageOptions['onFailure']) {
  const watched =
    <Given extends unknown[], Result>(run: (...given: Given) => Promise<Result>) =>
    (...given: Given) =>
      run(...given).catch((error: unknown) => {
        onFailure(error)
        throw error
      })
  const runFfmpeg = watched(createFfmpeg(ffmpegPath, sandbox))
  const probe = watched(createProbe(ffprobePath, sandbox))
  const examine = createExamineSource({
    probe,
    extractAudio: createExtractAudio(runFfmpeg, probe),
    screen: createScreen(runFfmpeg),
    pictures: createPictures(runFfmpeg, createMeasurePicture(ffprobePath, sandbox)),
  })
  return { examine, makeMp3: createMakeMp3(runFfmpeg), runFfmpeg }
}

/** The default order: the whole of the first track that can be decoded. */
function pieceOf(media: SourceMedia, sizeBytes: number): Mp3Piece {
  const track = media.audioTracks.find(({ codec }) => decodableCodecs.has(codec))
  const { chapters, tags } = media
  const durationMs = track?.durationMs ?? media.durationMs
  const source = { ...sourceOf(media, track), sizeBytes, durationMs, chapters, tags }
  const output = outputOptionsSchema.parse({ bitrateMode: 'CBR', bitrateKbps: 128 })
  return mp3Pieces({ source, output })[0]!
}
