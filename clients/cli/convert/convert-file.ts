/** Takes one file through the whole of the API: upload, conversion, download. */
import { randomUUID } from 'node:crypto'
import { StartConversionDocument } from '#schema/generated/operations.ts'
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
  const send = (local: LocalFile, purpose: SendPurpose) =>
    sendFile({ ...local, ...purpose }, api.run, sendProgress(view, local), signal)
  const video = await openFile(file)
  // First, as it is small: what is wrong with it is known before the video is sent.
  const cover =
    typeof audio.cover === 'string' ? await send(await openFile(audio.cover), { purpose: 'COVER' }) : null
  const upload = await send(video, audio.coverAt === undefined ? {} : { coverFrameMs: audio.coverAt })
  const output = outputOf(audio, cover?.id ?? null)
  const input = { uploadId: upload.id, idempotencyKey: randomUUID(), output }
  const { conversion } = (await api.run(StartConversionDocument, { input }, signal)).startConversion
  started(conversion.id)
  return await finishConversion(conversion, () => target, api, view, signal)
}

const sendProgress = (view: ProgressView, { sizeBytes }: LocalFile) => ({
  hashing: (done: number) => view.bytes('Hashing', done, sizeBytes),
  sending: (done: number) => view.bytes('Uploading', done, sizeBytes),
  checking: () => view.step('Checking'),
})
