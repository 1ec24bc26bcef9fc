/** The headers of a message that are ours. */
import { newestReadVersion } from '#schema/messages/message-version.ts'

type Headers = Readonly<Record<string, unknown>> | undefined

/** Written by a version of ours that is newer than this process: not to be judged by its form. */
export const isTooNew = (headers: Headers): boolean => Number(headers?.['version'] ?? 1) > newestReadVersion

/** What goes along when a message's bytes are moved to another queue. */
export function lastingHeaders(headers: Headers): Record<string, string | number> {
  const { requestId, version } = headers ?? {}
  return {
    ...(typeof requestId === 'string' && { requestId }),
    ...(typeof version === 'number' && { version }),
  }
}
