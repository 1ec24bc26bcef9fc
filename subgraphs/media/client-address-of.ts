/** Where the client of a request for bytes is. */
import type { IncomingMessage } from 'node:http'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { assertionHeader, byteRequestBody, verifyAssertion } from '#runtime/tokens/assertion.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'

/** As the router has signed it; null for a client that does not come through the router. */
export function clientAddressOf(
  request: Pick<IncomingMessage, 'method' | 'url'>,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  keys: RotatingKeys,
): string | null {
  const assertion = headers[assertionHeader]
  if (typeof assertion !== 'string') return null
  const userToken = bearerToken(headers['authorization']) ?? ''
  const subject = { caller: 'router', subgraph: 'media', body: byteRequestBody(request), userToken }
  return verifyAssertion(assertion, subject, keys)?.clientAddress ?? null
}
