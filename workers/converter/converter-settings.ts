/** The converter's settings. */
import { availableParallelism } from 'node:os'
import * as z from 'zod'
import { ffmpegSettings } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { commonSettings, setting } from '#runtime/process/settings.ts'

const settings = z.object({
  ...commonSettings,
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  /** Jobs at once, and the cores they share. */
  CONCURRENCY: setting.count.default(availableParallelism()),
  /** Where a job's files live while it runs. */
  WORK_DIRECTORY: setting.folder,
  DISK_RESERVE_BYTES: setting.diskReserveBytes,
  /** How long a whole conversion may take: so many minutes, and this share of its audio's length. */
  CONVERSION_MINUTES: setting.count.default(20),
  CONVERSION_PERCENT_OF_AUDIO: setting.count.default(50),
  /** A converter that is told to end finishes what ends within it, and gives back the rest at once. */
  DRAIN_MS: setting.count.default(60_000),
  LEASE_MS: setting.leaseMs,
  ...ffmpegSettings,
})

export const converterSettings = settings.refine(
  ({ DRAIN_MS, SHUTDOWN_GRACE_MS }) => DRAIN_MS < SHUTDOWN_GRACE_MS,
  {
    path: ['DRAIN_MS'],
    message: 'must be below SHUTDOWN_GRACE_MS, by which the process has ended',
  },
)

type WallSettings = Pick<
  z.infer<typeof converterSettings>,
  'CONVERSION_MINUTES' | 'CONVERSION_PERCENT_OF_AUDIO'
>

/** As long as a timer can wait at most. */
const longestMs = 2 ** 31 - 1

/** How long a whole conversion may take, over all its MP3s, by how long its audio is. */
export const conversionLimitMs =
  ({ CONVERSION_MINUTES: minutes, CONVERSION_PERCENT_OF_AUDIO: percent }: WallSettings) =>
  (durationMs: number): number =>
    Math.min(minutes * 60_000 + Math.ceil((durationMs * percent) / 100), longestMs)
