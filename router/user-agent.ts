/** What a client says that it is (RFC 9110, 10.1.5). */
import type { IncomingMessage } from 'node:http'

/** More than browsers send; each request to a subgraph carries it. */
const mostCharacters = 256

/** Empty where it says nothing. */
export const userAgentOf = ({ headers }: Pick<IncomingMessage, 'headers'>): string =>
  (headers['user-agent'] ?? '').slice(0, mostCharacters)
