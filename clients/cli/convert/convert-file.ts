/** Takes one file through the whole of the API: upload, conversion, download. */
import { randomUUID } from 'node:crypto'
import { realpath, stat } from 'node:fs/promises'
import { ConversionDocument, StartConversionDocument } from '#schema/generated/operations.ts'
import type { RunOperation } from '#cli/api/api.ts'
import { CliError } from '#cli/cli-error.ts'
import { downloadFile, fileExists } from '#cli/save/download-file.ts'
import { followConversion, type Conversion } from './follow-conversion.ts'
import type { SubscribeToConversion } from '#cli/api/live-updates.ts'
import { chapterTarget, furtherTarget } from '#cli/save/output-targets.ts'
import type { ProgressView } from './progress-view.ts'
import { sendFile, type LocalFile, type SendPurpose } from './send-file.ts'
import { outputOf, type AudioOptions } from './audio-options.ts'

export interface ConvertOrder {
  readonly file: string
  readonly target: string
  readonly overwrite: boolean
  readonly sound: AudioOptions
}

export interface ConvertDependencies {
  readonly run: RunOperation
  readonly subscribe: SubscribeToConversion
}

export interface Converted {
  readonly conversion: Conversion
  /** Where each MP3 lies now. */
  readonly paths: readonly string[]
}

export interface ConvertObserver {
  readonly view: ProgressView
  /** From here on the conversion goes on without this client. */
  readonly started: (conversionId: string) => void
}

/** @throws CliError with the reason why there is no MP3. */
export async function convertFile(
  order: ConvertOrder,
  { run, subscribe }: ConvertDependencies,
  { view, started }: ConvertObserver,
  signal: AbortSignal,
): Promise<Converted> {
  const { sound } = order
  const local = await openLocal(order)
  const cover = typeof sound.cover === 'string' ? await openFile(sound.cover) : null
  const send = (file: LocalFile, purpose: SendPurpose) =>
    sendFile({ ...file, ...purpose }, run, sendProgress(view, file), signal)
  // First, as it is small: what is wrong with it is known before the video is sent.
  const coverUpload = cover && (await send(cover, { purpose: 'COVER' }))
  const upload = await send(local, sound.coverAt === undefined ? {} : { coverFrameMs: sound.coverAt })
  const output = outputOf(sound, coverUpload?.id ?? null)
  const input = { uploadId: upload.id, idempotencyKey: randomUUID(), output }
  let { conversion } = (await run(StartConversionDocument, { input }, signal)).startConversion
  started(conversion.id)
  view.conversion(conversion)
  for await (conversion of followConversion(conversion.id, { run, subscribe }, signal))
    view.conversion(conversion)
  if (conversion.status !== 'SUCCEEDED') throw unsuccessful(conversion)
  return { conversion, paths: await download(conversion, order, run, view, signal) }
}

const sendProgress = (view: ProgressView, { sizeBytes }: LocalFile) => ({
  hashing: (done: number) => view.bytes('Hashing', done, sizeBytes),
  sending: (done: number) => view.bytes('Uploading', done, sizeBytes),
  checking: () => view.step('Checking'),
})

async function openLocal({ file, target, overwrite, sound }: ConvertOrder): Promise<LocalFile> {
  const local = await openFile(file)
  // What chapters are named by is not known yet.
  if (sound.splitByChapters) return local
  const existing = await realpath(target).catch(() => null)
  if (existing !== null && existing === (await realpath(file))) {
    throw new CliError('FILE_EXISTS', `${target} is the file to convert: use --output to write elsewhere.`)
  }
  if (existing !== null && !overwrite) throw fileExists(target)
  return local
}

async function openFile(path: string): Promise<LocalFile> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CliError('FILE_NOT_FOUND', `There is no file ${path}.`)
    throw new CliError('FILE_UNREADABLE', `${path} cannot be read (${error.code ?? error.message}).`, {
      cause: error,
    })
  })
  if (found.isFile() && found.size === 0) throw new CliError('UNSUPPORTED_FORMAT', `${path} is empty.`)
  if (!found.isFile()) throw new CliError('FILE_UNREADABLE', `${path} is not a file.`)
  return { path, sizeBytes: found.size }
}

function unsuccessful({ status, failure }: Conversion): CliError {
  if (failure !== null) return new CliError(failure.code, failure.message, { retryable: failure.retryable })
  return new CliError(status, 'The conversion was cancelled.')
}

/** Links live for a quarter of an hour, and come for all MP3s of a conversion at once. */
const freshMs = 5 * 60_000

interface Links {
  readonly mp3s: Conversion['mp3s']
  readonly askedAtMs: number
}

async function download(
  { id, mp3s }: Conversion,
  { target, overwrite }: ConvertOrder,
  run: RunOperation,
  view: ProgressView,
  signal: AbortSignal,
): Promise<string[]> {
  const paths: string[] = []
  let links: Links = { mp3s, askedAtMs: performance.now() }
  for (const [index, mp3] of mp3s.entries()) {
    let tries = 0
    const url = async () => {
      if (tries++ > 0 || performance.now() - links.askedAtMs > freshMs) {
        const askedAtMs = performance.now()
        links = { mp3s: (await run(ConversionDocument, { id }, signal)).conversion.mp3s, askedAtMs }
      }
      const current = links.mp3s.find((candidate) => candidate.id === mp3.id)
      if (current === undefined) throw new CliError('NOT_FOUND', 'The MP3 was deleted.')
      return current.downloadUrl
    }
    const path = mp3.chapter === null ? furtherTarget(target, index + 1) : chapterTarget(target, mp3.filename)
    const onProgress = (done: number) => view.bytes('Downloading', done, mp3.sizeBytes)
    await downloadFile(
      { sizeBytes: mp3.sizeBytes, sha256: mp3.sha256, url },
      { path, overwrite },
      onProgress,
      signal,
    )
    paths.push(path)
  }
  return paths
}
