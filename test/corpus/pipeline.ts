/** The way of a file through the product, in process: probed and screened as by media, made into an MP3 as by a converter. */
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { outputOptionsSchema } from '#schema/documents/output-options.ts'
import type { SourceMedia } from '#schema/documents/source-media.ts'
import { distinctWarnings, type Warning } from '#schema/documents/warning.ts'
import type { OutputOptionsInput } from '#schema/generated/operations.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createExtractAudio } from '#media/examine/extract-audio.ts'
import { createMeasurePicture } from '#media/examine/measure-picture.ts'
import { fitToSource } from '#media/conversions/order/fit-to-source.ts'
import { createPictures } from '#media/examine/pictures.ts'
import { createProbe } from '#media/examine/probe.ts'
import { createSandbox, type Sandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createExplainRefusal } from '#media/examine/refusals/explain-refusal.ts'
import { createIsEncrypted } from '#media/examine/refusals/is-encrypted.ts'
import { createTryTracks } from '#media/examine/refusals/try-tracks.ts'
import { createRunFfprobe } from '#media/examine/run-ffprobe.ts'
import { createScreen } from '#media/examine/screen.ts'
import { createListClocks } from '#media/examine/timeline/list-clocks.ts'
import { createReadTimelines } from '#media/examine/timeline/read-timelines.ts'
import { createReadTags, emptyNode } from '#media/examine/tags/read-tags.ts'
import type { Logger } from '#runtime/process/log.ts'
import { createExamineSource, type Findings } from '#media/examine/examine-upload.ts'
import type { MadeMp3 } from '#converter/attempts/first-proven.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createEvenOut } from '#converter/source/even-out.ts'
import { createMeasurePeak } from '#converter/loudness/measure-peak.ts'
import { measureMix } from '#converter/loudness/mix-peaks.ts'
import { mp3Pieces } from '#converter/plan/mp3-pieces.ts'
import { joinTracks } from '#converter/source/join-tracks.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { sourceOf } from '#converter/testing/source-of.ts'
import { id3Tag } from '#converter/store/tags/id3-tag.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'

export interface Passage {
  readonly media: SourceMedia
  /** Of the order, and of all MP3s. */
  readonly warnings: readonly Warning[]
  /** One, or one a chapter. */
  readonly mp3s: readonly PassedMp3[]
}

export interface PassedMp3 {
  readonly mp3: MadeMp3
  readonly filename: string
  readonly path: string
  /** What goes before the MP3 when it is stored. */
  readonly tag: Buffer
}

export interface PassageOptions {
  /** An empty folder for what is made. */
  readonly folder: string
  /** Whether the cover is to be a frame of the video, so that pictures are decoded as well. */
  readonly takesFrame: boolean
  /** Beside the defaults. */
  readonly order?: OutputOptionsInput
  readonly signal: AbortSignal
  readonly log: Logger
  /** Is told of every run of ffmpeg or ffprobe that failed, also of those that the product does without. */
  readonly onFailure: (error: unknown) => void
}

/** @throws DomainError as the product does. */
export type Pipeline = (path: string, options: PassageOptions) => Promise<Passage>

export async function createPipeline(log: Logger): Promise<Pipeline> {
  const sandbox = await createSandbox({
    mode: 'required',
    programs: [ffmpegPath, ffprobePath],
    others: [emptyNode],
    log,
  })
  const corePool = createCorePool(availableParallelism())

  return async (path, { takesFrame, order = {}, onFailure, ...options }) => {
    const { examine, makeMp3, runFfmpeg } = partsOf(sandbox, onFailure)
    const mediaFolder = join(options.folder, 'media')
    await mkdir(mediaFolder)
    try {
      const { size: sizeBytes } = await stat(path)
      const upload = { sizeBytes, coverFrameMs: takesFrame ? 1_000 : null }
      const findings = await examine({ ...options, path, upload, folder: mediaFolder })
      assert.ok(findings.purpose === 'SOURCE')
      const { media, source, picture } = findings
      const cover = picture && { bytes: await readFile(picture.path), type: picture.type }
      using share = corePool.join()
      const tools = { runFfmpeg, disk: { hasRoomFor: async () => true } }
      const { warnings, ordered } = planOf(findings, basename(path), order)
      const { signal } = options
      const joinedPath = join(mediaFolder, 'joined')
      const given = { source: ordered.source, sourcePath: source.path, joinedPath, share, signal }
      const { sourcePath, ...one } = await joinTracks(tools, given)
      const pieces = mp3Pieces({ ...ordered, ...one })
      const mix = { ...options, sourcePath, recipe: pieces[0]!.recipe, share }
      const mixPeakDbtp = await measureMix(createMeasurePeak(runFfmpeg), mix)
      const evenOut = createEvenOut(tools, { sourcePath, evenPath: join(mediaFolder, 'even') })
      const mp3s: PassedMp3[] = []
      for (const { number, recipe: planned, filename, tags, chapters } of pieces) {
        const recipe = { ...planned, mixPeakDbtp }
        const folder = join(options.folder, number === 1 ? '' : `${number}`)
        await mkdir(folder, { recursive: true })
        const outputPath = join(folder, 'output.mp3')
        const mp3 = await makeMp3({
          ...options,
          sourcePath,
          outputPath,
          recipe,
          passthrough: Object.keys(order).length === 0,
          evenOut: (uneven) => evenOut({ ...uneven, recipe }),
          storing: {
            tagOf: () => Buffer.alloc(0),
            store: async () => ({ blobId: 'b', sizeBytes: 0, sha256: '' }),
          },
          onProgress() {},
          share,
        })
        const tag = id3Tag({ tags, cover, chapters, durationMs: mp3.durationMs })
        mp3s.push({ mp3, filename, path: outputPath, tag })
      }
      return {
        media,
        warnings: distinctWarnings([...warnings, ...mp3s.flatMap(({ mp3 }) => mp3.warnings)]),
        mp3s,
      }
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
  const isEncrypted = createIsEncrypted(watched(createRunFfprobe(ffprobePath, sandbox)))
  const examine = createExamineSource({
    probe,
    extractAudio: createExtractAudio(runFfmpeg, probe),
    screen: createScreen(runFfmpeg),
    readTimelines: createReadTimelines(runFfmpeg, createListClocks(ffprobePath, sandbox)),
    readTags: createReadTags(sandbox),
    tryTracks: createTryTracks(runFfmpeg, isEncrypted),
    explainRefusal: createExplainRefusal(isEncrypted),
    pictures: createPictures(runFfmpeg, createMeasurePicture(ffprobePath, sandbox)),
  })
  return { examine, makeMp3: createMakeMp3(runFfmpeg), runFfmpeg }
}

function planOf(
  { media, source: { sizeBytes }, picture }: Extract<Findings, { purpose: 'SOURCE' }>,
  filename: string,
  order: OutputOptionsInput,
): { warnings: readonly Warning[]; ordered: Parameters<typeof mp3Pieces>[0] } {
  const options = outputOptionsSchema.parse(order)
  const upload = { media, picture: picture && { ...picture, blobId: 'picture' }, coverFrameMs: null }
  const { output, warnings, track, joined, durationMs, chapters } = fitToSource(options, upload, null)
  const { tags } = media
  const source = { ...sourceOf(media, track), filename, sizeBytes, joined, durationMs, chapters, tags }
  return { warnings, ordered: { source, output } }
}
