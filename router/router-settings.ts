/** What the router reads from its environment. */
import * as z from 'zod'
import { downloadSettings } from '#runtime/downloads/download-settings.ts'
import { connectionSettings } from '#router/connections/connection-settings.ts'
import { liveSettings } from '#router/live/live-settings.ts'
import { operationSettings } from '#router/guard/operation-limits.ts'
import { throttleSettings } from '#router/throttle/throttle-settings.ts'
import { commonSettings, listeningSettings, setting } from '#runtime/process/settings.ts'

export const routerSettings = z.object({
  ...commonSettings,
  ...listeningSettings,
  ...connectionSettings,
  ...downloadSettings,
  ...liveSettings,
  ...operationSettings,
  ...throttleSettings,
  /** Whose `X-Forwarded-For` is believed; nobody's unless set. */
  TRUSTED_PROXIES: setting.networks,
  /** Whose pages may use the API, besides our own. */
  ALLOWED_ORIGINS: setting.origins.default([]),
  /** The manifest of the operations that may run; all may without it. */
  TRUSTED_DOCUMENTS: setting.folder.optional(),
  AUTH_URL: setting.origin,
  MEDIA_URL: setting.origin,
  /** Where SendGrid's calls go on to; they are refused without it. */
  MAILER_URL: setting.origin.optional(),
  ROUTER_AUTH_KEY: setting.rotatingKeys,
  ROUTER_MEDIA_KEY: setting.rotatingKeys,
})

export type RouterSettings = z.infer<typeof routerSettings>
