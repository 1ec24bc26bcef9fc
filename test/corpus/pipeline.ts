/** The way of a file through the product, in process: probed and screened as by media, made into an MP3 as by a converter. */
import assert from 'node:assert/strict'
import { mkdir, rm, rmdir, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import type { ConversionDocument } from '#schema/documents/conversion-document.ts'
import type { Mp3Document } from '#schema/documents/mp3-document.ts'
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
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { createMakeMp3s } from '#converter/job/make-mp3s.ts'
import { untimed } from '#converter/phase-times.ts'
import { after as transitioned, claim, queuedConversion } from '#ledger/testing/sample-records.ts'
import { ffmpegPath, ffprobePath } from '#test/harness/media-tools.ts'
import { createFolderBlobs } from './folder-blobs.ts'

export interface Passage {
  readonly media: SourceMedia
  /** Of the order, and of all MP3s. */
  readonly warnings: readonly Warning[]
  /** One, or one a chapter. */
  readonly mp3s: readonly PassedMp3[]
}

export interface PassedMp3 {
  readonly mp3: Mp3Document
  /** Of the file as it is downloaded, with its tag. */
  readonly path: string
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

export async function createPipeline(sandboxLog: Logger): Promise<Pipeline> {
  const sandbox = await createSandbox({
    mode: 'required',
    programs: [ffmpegPath, ffprobePath],
    others: [emptyNode],
    log: sandboxLog,
  })
  const corePool = createCorePool(availableParallelism())

  return async (path, { takesFrame, order = {}, onFailure, folder, signal, log }) => {
    const { examine, makeMp3, runFfmpeg } = partsOf(sandbox, onFailure)
    const [mediaFolder, workDirectory, stored] = ['media', 'work', 'stored'].map((name) => join(folder, name))
    for (const each of [mediaFolder!, workDirectory!, stored!]) await mkdir(each)
    try {
      const { size: sizeBytes } = await stat(path)
      const upload = { sizeBytes, coverFrameMs: takesFrame ? 1_000 : null }
      const findings = await examine({ path, upload, folder: mediaFolder!, signal, log })
      assert.ok(findings.purpose === 'SOURCE')
      const { media, source, picture } = findings
      const blobs = createFolderBlobs(stored!, {
        source: source.path,
        ...(picture && { picture: picture.path }),
      })
      const makeMp3s = createMakeMp3s({
        blobs,
        intents: { record: async () => undefined },
        corePool,
        runFfmpeg,
        makeMp3,
        workDirectory: workDirectory!,
        disk: { hasRoomFor: async () => true },
        times: untimed,
      })
      const conversion = conversionOf(findings, basename(path), order)
      const { mp3s, warnings } = await makeMp3s(conversion, { signal, onProgress() {}, log })
      return {
        media,
        warnings: distinctWarnings([...conversion.warnings, ...warnings]),
        mp3s: mp3s.map((mp3) => ({ mp3, path: blobs.pathOf(mp3.blobId) })),
      }
    } finally {
      await rm(mediaFolder!, { recursive: true })
      // Whatever a conversion left in it is seen by who looks for it.
      await rmdir(workDirectory!).catch(() => undefined)
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

/** As media orders it, and a converter has claimed it. */
function conversionOf(
  { media, source: { sizeBytes, reading }, picture }: Extract<Findings, { purpose: 'SOURCE' }>,
  filename: string,
  order: OutputOptionsInput,
): ConversionDocument {
  const upload = { media, picture: picture && { ...picture, blobId: 'picture' }, coverFrameMs: null }
  const { output, warnings, ...fitted } = fitToSource(outputOptionsSchema.parse(order), upload, null)
  const stored = { uploadId: 'upload', blobId: 'source', filename, sizeBytes, reading }
  const source = { ...stored, tags: media.tags, ...fitted }
  return transitioned({ ...queuedConversion, source, output, warnings }, claim(0)) as ConversionDocument
}
