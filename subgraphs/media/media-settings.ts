/** The media subgraph's settings. */
import * as z from 'zod'
import { downloadSettings } from '#runtime/downloads/download-settings.ts'
import { ffmpegSettings } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import type { ProcessScope } from '#runtime/process/run-process.ts'
import { quotaSettings } from '#media/quotas/quota-settings.ts'
import { commonSettings, listeningSettings, setting } from '#runtime/process/settings.ts'

export const mediaSettings = z.object({
  ...commonSettings,
  ...listeningSettings,
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  AUTH_URL: setting.origin,
  ROUTER_MEDIA_KEY: setting.rotatingKeys,
  /** Sign download links. */
  LINK_KEYS: setting.rotatingKeys,
  /** Make the secrets in upload URLs. The mailer, which makes links, has none of these. */
  UPLOAD_KEYS: setting.rotatingKeys,
  /** Where bytes in flight live: this replica's own disk. */
  UPLOAD_DIRECTORY: setting.folder,
  DISK_RESERVE_BYTES: setting.diskReserveBytes,
  UPLOAD_MAX_BYTES: setting.count.default(20 * 1024 ** 3),
  LEASE_MS: setting.leaseMs,
  SWEEP_EVERY_MS: setting.sweepEveryMs,
  /** Of a received file, where they fail by a fault of ours. */
  VALIDATION_ATTEMPTS: setting.count.default(10),
  /** This replica's number, part of its upload URLs. */
  REPLICA: setting.index.default(0),
  /** The origins of all replicas, separated by commas, each at the place of its number. */
  MEDIA_REPLICAS: setting.origins.default([]),
  /** Whose word about clients is taken that do not come through the router. */
  TRUSTED_PROXIES: setting.networks,
  ...downloadSettings,
  /** Of all lists of an answer together. */
  ANSWER_ITEMS: setting.answerItems,
  ...quotaSettings,
  ...ffmpegSettings,
})

export type MediaSettings = z.infer<typeof mediaSettings>

/** What every feature starts in. */
export type MediaScope = ProcessScope<MediaSettings>
