/** A whole Earshot of real processes for a test file: its own folder, database and virtual host. */
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { startSystem, type System, type SystemOptions } from '#infra/local/system/system.ts'
import { liftedAccountLimits, liftedMediaLimits, liftedRouterLimits } from './lifted-limits.ts'
import { createTemporaryDirectory } from './temporary-directory.ts'
import { createTestDatabase } from './test-database.ts'
import { createTestVhost } from './test-vhost.ts'

export interface RunningSystem extends AsyncDisposable {
  readonly system: System
  /** The folder that holds everything the system writes. */
  readonly directory: string
  /** The test's own view of the system's database. */
  readonly database: Awaited<ReturnType<typeof createTestDatabase>>['database']
}

/** Apart from a system that `npm start` runs, and mostly from other test files' systems: a port that is taken is passed over. */
const portOffset = 2_000 + (process.pid % 100) * 20

export interface TestSystemOptions extends Pick<SystemOptions, 'root' | 'serviceEnv'> {
  /** Used instead of a fresh database and virtual host of the test servers. */
  readonly stores?: { readonly mongodbUrl: string; readonly rabbitmqUrl: string }
  /** `usual`: the limits that an installation has by default. Lifted otherwise. */
  readonly limits?: 'usual'
}

export async function startTestSystem({
  stores,
  serviceEnv = {},
  limits,
  ...options
}: TestSystemOptions = {}): Promise<RunningSystem> {
  await using started = new AsyncDisposableStack()
  const { path: directory } = started.use(await createTemporaryDirectory())
  const database = started.use(stores ? connectTo(stores.mongodbUrl) : createTestDatabase())
  const rabbitmqUrl = stores?.rabbitmqUrl ?? started.use(await createTestVhost()).url
  const system = started.use(
    await startSystem({
      ...options,
      serviceEnv: limits === 'usual' ? serviceEnv : liftLimits(serviceEnv),
      directory,
      machine: {
        mongo: { kind: 'url', url: database.url },
        ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg',
        ffprobePath: process.env['FFPROBE_PATH'] ?? 'ffprobe',
      },
      rabbitmqUrl,
      supervise: false,
      portOffset,
    }),
  )
  const owned = started.move()
  return { system, directory, database: database.database, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

function connectTo(url: string): ReturnType<typeof createTestDatabase> {
  return { url, ...connectMongo(url) }
}

function liftLimits(serviceEnv: NonNullable<SystemOptions['serviceEnv']>): typeof serviceEnv {
  return {
    ...serviceEnv,
    auth: { ...liftedAccountLimits, ...serviceEnv.auth },
    media: { ...liftedMediaLimits, ...serviceEnv.media },
    router: { ...liftedRouterLimits, ...serviceEnv.router },
  }
}
