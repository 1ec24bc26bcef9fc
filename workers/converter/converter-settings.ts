/** The converter's settings. */
import { availableParallelism } from 'node:os'
import * as z from 'zod'
import { ffmpegSettings } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { commonSettings, setting } from '#runtime/process/settings.ts'

export const converterSettings = z.object({
  ...commonSettings,
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  /** Jobs at once, and the cores they share. */
  CONCURRENCY: setting.count.default(availableParallelism()),
  /** Where a job's files live while it runs. */
  WORK_DIRECTORY: setting.folder,
  DISK_RESERVE_BYTES: setting.diskReserveBytes,
  ...ffmpegSettings,
})
