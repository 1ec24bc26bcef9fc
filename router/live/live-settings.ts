/** How many sockets and subscriptions there may be, and how long a socket may stay without a token. */
import { setting } from '#runtime/process/settings.ts'

export const liveSettings = {
  SOCKETS_PER_ADDRESS: setting.count.default(128),
  SOCKETS_PER_USER: setting.count.default(64),
  SUBSCRIPTIONS_PER_USER: setting.count.default(256),
  /** Ten times as many at once: as when all that an office has open connects anew. */
  MESSAGES_PER_SECOND_PER_ADDRESS: setting.count.default(300),
  TOKEN_TIMEOUT_MS: setting.count.default(15_000),
} as const
