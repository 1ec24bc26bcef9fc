/** How many downloads may be: of the router, and of media, each counted by itself. */
import { setting } from '#runtime/process/settings.ts'
import type { DownloadLimits } from './download-gate.ts'

export const downloadSettings = {
  /** Under way at once; when there are more, whoever has the most loses the oldest. */
  MAX_DOWNLOADS: setting.count.default(1_000),
  /** When more wait to be begun, the network that has the most waiting is told to come again. */
  MAX_DOWNLOADS_WAITING: setting.count.default(10_000),
  /** Others wait, by turns of their networks. */
  DOWNLOADS_BEGUN_AT_ONCE: setting.count.default(32),
} as const

export const downloadLimitsOf = (
  settings: Readonly<Record<keyof typeof downloadSettings, number>>,
): DownloadLimits => ({
  mostUnderWay: settings.MAX_DOWNLOADS,
  mostWaiting: settings.MAX_DOWNLOADS_WAITING,
  mostBegunAtOnce: settings.DOWNLOADS_BEGUN_AT_ONCE,
})
