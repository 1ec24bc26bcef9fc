/** Builds the parts of the media subgraph from its settings, each resource handed to the process to dispose. */
import { createAnnouncer } from '#ledger/announcer.ts'
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger } from '#ledger/ledger.ts'
import { createBlobIntents } from '#runtime/blobs/blob-intents.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { createExtractAudio } from '#media/examine/extract-audio.ts'
import { createPictures } from '#media/examine/pictures.ts'
import { createProbe } from '#media/examine/probe.ts'
import { createSandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createScreen } from '#media/examine/screen.ts'
import { createDiskSpace } from '#runtime/disk-space.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import type { Logger } from '#runtime/process/log.ts'
import type { ProcessScope } from '#runtime/process/run-process.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { createQueueDepth } from '#runtime/rabbit/queue-depth.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { createConversionResolvers } from '#media/conversions/conversion-resolvers.ts'
import { createConversions } from '#media/conversions/conversions.ts'
import { createMailReader } from '#media/conversions/mail-reader.ts'
import { createResendMail } from '#media/conversions/resend-mail.ts'
import { createMp3Resolvers } from '#media/downloads/mp3-resolvers.ts'
import { createLiveHub } from '#media/live/live-hub.ts'
import { createLiveResolvers } from '#media/live/live-resolvers.ts'
import type { MediaSettings } from './media-settings.ts'
import { createCheckUpload } from '#media/uploads/validation/validate-upload.ts'
import { createBlobKeeper } from '#media/uploads/upload-blobs.ts'
import { createExamineCover } from '#media/examine/examine-cover.ts'
import { createExamineMedia } from '#media/examine/examine-source.ts'
import { createReceivedFiles } from '#media/uploads/received-files.ts'
import { createUploadChecks } from '#media/uploads/validation/validation-queue.ts'
import { createUploadResolvers } from '#media/uploads/upload-resolvers.ts'
import { createUploadSecrets } from '#media/uploads/upload-secret.ts'
import { createUploadStore } from '#media/uploads/upload-store.ts'
import { createUploadSweeps } from '#media/uploads/sweeps/upload-sweeps.ts'
import { createUploads } from '#media/uploads/uploads.ts'

type Scope = ProcessScope<MediaSettings> & { readonly concurrency: number }

export async function createMediaParts({
  settings,
  log,
  health,
  signal,
  resources,
  metrics,
  concurrency,
}: Scope) {
  const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
  const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
  const publisher = resources.use(await createPublisher(rabbit))
  const queueDepth = resources.use(await createQueueDepth(rabbit))
  const waitingCommands = () => queueDepth.waiting(queues.convert)
  const replica = settings.REPLICA

  const store = createMongoConversionStore(database, log)
  const announcer = resources.use(createAnnouncer({ store, publisher, log }))
  const ledger = createLedger({ store, announce: announcer.announce })
  const blobs = createGridFsBlobStore(database)
  const intents = createBlobIntents(database, log)

  const uploadStore = createUploadStore(database, log)
  const files = createReceivedFiles(settings.UPLOAD_DIRECTORY)
  const disk = createDiskSpace({
    directory: settings.UPLOAD_DIRECTORY,
    reserveBytes: settings.DISK_RESERVE_BYTES,
    metrics,
  })
  const secrets = createUploadSecrets(settings.LINK_KEYS, settings.PUBLIC_URL)
  const uploads = createUploads({
    store: uploadStore,
    secrets,
    files,
    replica,
    maximumBytes: settings.UPLOAD_MAX_BYTES,
    disk,
  })
  const examine = await createExaminations(settings, log)
  const blobKeeper = createBlobKeeper({ blobs, intents })
  const check = createCheckUpload({ uploads, store: uploadStore, files, intents, blobKeeper, examine, log })
  const checks = resources.use(
    createUploadChecks({ check, uploads, store: uploadStore, files, replica, concurrency, log }),
  )
  const uploadSweeps = createUploadSweeps({
    store: uploadStore,
    files,
    intents,
    readConversion: store.read,
  })

  const settleSource = (uploadId: string) => {
    uploadSweeps
      .settle(uploadId)
      .catch((error: unknown) => log.warn({ err: error, uploadId }, 'a source waits for the sweep'))
  }
  const onChange = ({ type, uploadId }: { type: string; uploadId: string }) => {
    if (['SUCCEEDED', 'FAILED', 'CANCELLED', 'DELETED'].includes(type)) settleSource(uploadId)
  }
  const hub = resources.use(await createLiveHub({ rabbit, log, onChange }))
  const conversions = createConversions({ ledger, uploads, intents })
  const readMail = createMailReader(database)
  const resendMail = createResendMail({ readMail, publisher })
  const resolvers = [
    createUploadResolvers({ uploads, secrets, files, replica }),
    createConversionResolvers({ conversions, ledger, uploadStore, readMail, resendMail }),
    createMp3Resolvers({ publicUrl: settings.PUBLIC_URL, linkKeys: settings.LINK_KEYS }),
    createLiveResolvers({ hub, conversions }),
  ]
  const prepare = async () => {
    for (const part of [store, blobs, intents, uploadStore]) await part.prepare()
  }
  return {
    store,
    announcer,
    ledger,
    blobs,
    intents,
    uploadStore,
    files,
    secrets,
    uploads,
    checks,
    uploadSweeps,
    waitingCommands,
    resolvers,
    prepare,
  }
}

/** All that runs ffmpeg here, in one sandbox. */
async function createExaminations(settings: MediaSettings, log: Logger) {
  const { FFMPEG_PATH, FFPROBE_PATH, FFMPEG_SANDBOX: mode } = settings
  const sandbox = await createSandbox({ mode, programs: [FFMPEG_PATH, FFPROBE_PATH], log })
  const runFfmpeg = createFfmpeg(FFMPEG_PATH, sandbox)
  const probe = createProbe(FFPROBE_PATH, sandbox)
  const pictures = createPictures(runFfmpeg)
  const [extractAudio, screen] = [createExtractAudio(runFfmpeg, probe), createScreen(runFfmpeg)]
  return {
    SOURCE: createExamineMedia({ probe, extractAudio, screen, pictures }),
    COVER: createExamineCover(pictures),
  }
}
