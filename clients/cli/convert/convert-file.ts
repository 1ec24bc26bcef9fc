/** Takes one file through the whole of the API: upload, conversion, download. */
import { randomUUID } from 'node:crypto'
import { StartConversionDocument } from '#schema/generated/operations.ts'
import { CliError } from '#cli/cli-error.ts'
import type { SaveTarget } from '#cli/save/save-mp3.ts'
import { outputOf, type AudioOptions } from './audio-options.ts'
import { finishConversion, type ApiAccess, type Finished } from './finish-conversion.ts'
import { openFile, type LocalFile } from './local-file.ts'
import type { ProgressView } from './progress-view.ts'
import { sendFile, type SendPurpose } from './send-file.ts'

export interface ConvertOrder {
  readonly file: string
  readonly target: SaveTarget
  readonly audio: AudioOptions
}

export interface ConvertObserver {
  readonly view: ProgressView
  /** From here on the conversion goes on without this client. */
  readonly started: (conversionId: string) => void
}

/** @throws CliError with the reason why there is no MP3. */
export async function convertFile(
  { file, target, audio }: ConvertOrder,
  api: ApiAccess,
  { view, started }: ConvertObserver,
  signal: AbortSignal,
): Promise<Finished> {
  const send = (local: LocalFile, purpose: SendPurpose, seen: ProgressView) =>
    sendFile({ ...local, ...purpose }, api.run, sendProgress(seen, local), signal)
  const sendCover = async (path: string) => {
    const seen = view.of(path)
    try {
      return await send(await openFile(path), { purpose: 'COVER' }, seen)
    } catch (error) {
      throw error instanceof CliError ? ofCover(path, error) : error
    } finally {
      seen.end()
    }
  }
  const video = await openFile(file)
  // First, as it is small: what is wrong with it is known before the video is sent.
  const cover = typeof audio.cover === 'string' ? await sendCover(audio.cover) : null
  const upload = await send(video, audio.coverAt === undefined ? {} : { coverFrameMs: audio.coverAt }, view)
  const output = outputOf(audio, cover?.id ?? null)
  const input = { uploadId: upload.id, idempotencyKey: randomUUID(), output }
  const { conversion } = (await api.run(StartConversionDocument, { input }, signal)).startConversion
  started(conversion.id)
  return await finishConversion(conversion, () => target, api, view, signal)
}

/** The troubles of one file are not to be taken for another's. */
const ofCover = (path: string, cause: CliError) =>
  new CliError(cause.code, `The cover ${path}: ${cause.message}`, { cause, retryable: cause.retryable })

const sendProgress = (view: ProgressView, { sizeBytes }: LocalFile) => ({
  hashing: (done: number) => view.bytes('Hashing', done, sizeBytes),
  sending: (done: number) => view.bytes('Uploading', done, sizeBytes),
  checking: () => view.step('Validating'),
})
