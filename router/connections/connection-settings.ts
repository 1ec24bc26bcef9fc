/** How long and how many connections may be. Each default is far from what our own clients, or an office of them, need. */
import { setting } from '#runtime/process/settings.ts'

export const connectionSettings = {
  /** For the headers of a request, and for the first byte of a connection. */
  HEADERS_TIMEOUT_MS: setting.count.default(15_000),
  /** For a client to send a request once its headers have come, and then to take the answer; uploads and downloads may last for hours. */
  EXCHANGE_TIMEOUT_MS: setting.count.default(60_000),
  /** An upload that brings less than this while it is waited for, within the time below, is cut off; tus resumes it. */
  UPLOAD_LEAST_BYTES: setting.count.default(30 * 1_024),
  UPLOAD_LEAST_WITHIN_MS: setting.count.default(30_000),
  /** Of one connection, before they are answered; beyond them it is cut off. */
  MAX_PIPELINED_REQUESTS: setting.count.default(8),
  /** When there are more, whoever has the most loses the oldest. */
  MAX_CONNECTIONS: setting.count.default(10_000),
  /** Of all requests that are not answered yet, uploads aside; when there are more, whoever has the most is cut off. */
  MAX_BODY_BYTES: setting.count.default(16 * 1_024 ** 2),
  /** Of one host; behind trusted proxies, its requests at once. */
  MAX_CONNECTIONS_PER_ADDRESS: setting.count.default(256),
} as const
