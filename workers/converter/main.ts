/** A converter: takes conversions from the queue and turns them into MP3s, on all its cores. */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { convertVideoSchema } from '#schema/messages/convert-video.ts'
import { createConversionOutbox } from '#ledger/conversion-outbox.ts'
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createLedger } from '#ledger/ledger.ts'
import { createBlobIntents } from '#runtime/blobs/blob-intents.ts'
import { createGridFsBlobStore } from '#runtime/blobs/grid-fs-blob-store.ts'
import { countBlobBytes } from '#runtime/blobs/count-blob-bytes.ts'
import { createFfmpeg } from '#runtime/ffmpeg/ffmpeg.ts'
import { sandboxModeOf } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { createSandbox } from '#runtime/ffmpeg/sandbox.ts'
import { createDiskSpace } from '#runtime/disk-space.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { runProcess } from '#runtime/process/run-process.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { startConsumer } from '#runtime/rabbit/consumer.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { createConvertVideo } from '#converter/job/convert-video.ts'
import { createConverterMetrics } from './converter-metrics.ts'
import { createPhaseTimes } from './phase-times.ts'
import { conversionLimitMs, converterSettings } from './converter-settings.ts'
import { createCorePool } from '#converter/cores/core-pool.ts'
import { createPauseWhenFull } from '#converter/job/pause-when-full.ts'
import { createMakeMp3 } from '#converter/attempts/make-mp3.ts'
import { createMakeMp3s } from '#converter/job/make-mp3s.ts'
import { createReportProgress } from '#converter/job/report-progress.ts'
import { createWorkDirectory } from '#converter/job/work-directory.ts'

await runProcess(
  'converter',
  converterSettings,
  async ({ settings, log, metrics, health, signal, resources }) => {
    const [{ FFMPEG_PATH }, mode] = [settings, sandboxModeOf(settings)]
    const sandbox = await createSandbox({ mode, programs: [FFMPEG_PATH], log, metrics })
    const runFfmpeg = createFfmpeg(FFMPEG_PATH, sandbox)
    const workDirectory = resources.use(await createWorkDirectory(settings.WORK_DIRECTORY))
    const reserveBytes = settings.DISK_RESERVE_BYTES
    const disk = createDiskSpace({ directory: workDirectory.path, reserveBytes, metrics })

    const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
    const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
    const publisher = resources.use(await createPublisher(rabbit))
    const store = createMongoConversionStore(database, log)
    const outbox = resources.use(createConversionOutbox({ store, publisher, log }))
    const ledger = createLedger({ store, announce: outbox.announce })

    const times = createPhaseTimes(metrics)
    const makeMp3s = createMakeMp3s({
      blobs: countBlobBytes(createGridFsBlobStore(database), metrics),
      intents: createBlobIntents(database, log),
      corePool: createCorePool(settings.CONCURRENCY),
      makeMp3: createMakeMp3(runFfmpeg, { times }),
      runFfmpeg,
      workDirectory: workDirectory.path,
      disk,
      times,
    })
    const handle = createConvertVideo({
      ledger,
      workerId: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
      makeMp3s,
      reportProgress: createReportProgress(publisher),
      metrics: createConverterMetrics(metrics, settings.CONCURRENCY),
      wallLimitMs: conversionLimitMs(settings),
      drainMs: settings.DRAIN_MS,
      leaseMs: settings.LEASE_MS,
      log,
    })
    const work = {
      queue: queues.convert,
      schema: convertVideoSchema,
      prefetch: settings.CONCURRENCY,
      signal,
      handle,
    }
    const consumer = resources.use(await startConsumer({ rabbit, publisher, log }, work))
    const pauseWhenFull = createPauseWhenFull({ disk, consumer, log })
    resources.use(repeat(pauseWhenFull, { name: 'work disk', everyMs: 5_000, log }))
  },
)
