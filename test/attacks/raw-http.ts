/** HTTP as bytes: what no client would send, and all that comes back until the connection ends. */
import { connect } from 'node:net'
import { once } from 'node:events'

export interface RawOptions {
  readonly localAddress?: string
}

/** Sends the bytes as they are. Whoever means the connection to end says so in them, or is refused. */
export async function sendRaw(
  origin: string,
  bytes: string | Buffer,
  { localAddress = '127.0.0.1' }: RawOptions = {},
): Promise<string> {
  const { port } = new URL(origin)
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await once(socket, 'connect')
  // HTTP is written in octets.
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  await closed
  return Buffer.concat(chunks).toString('latin1')
}

/** The statuses of the answers in it. */
export const statusesOf = (answers: string): readonly number[] =>
  [...answers.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status))

export interface RawRequest {
  readonly method?: string
  readonly path?: string
  readonly host?: string
  readonly headers?: readonly string[]
  readonly body?: string
}

/** One whole request, the last of its connection. */
export function rawRequest(origin: string, request: RawRequest = {}): string {
  const { method = 'POST', path = '/graphql', host = new URL(origin).host, headers = [], body = '' } = request
  return [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body, 'latin1')}`,
    ...headers,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}
