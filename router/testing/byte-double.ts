/** The uploads and downloads of the media double: uploads answer with what arrived, downloads know single ranges. */
import { createHash } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { assertionHeader, byteRequestBody, verifyAssertion } from '#runtime/tokens/assertion.ts'

export interface ByteDouble {
  /** The headers of each upload so far. */
  readonly uploads: IncomingMessage['headers'][]
  /** Where the client of each request for bytes is, as the router has proven it. */
  readonly clientAddresses: (string | null | undefined)[]
  /** Tells each request whose bytes begin to come or to go. */
  readonly events: EventEmitter<{ upload: [IncomingMessage]; download: [ServerResponse] }>
}

const download = Buffer.from('0123456789'.repeat(1000))

function* endless() {
  for (;;) yield download
}

export function serveBytes(http: HttpServer, keys: RotatingKeys): ByteDouble {
  const bytes: ByteDouble = { uploads: [], clientAddresses: [], events: new EventEmitter() }
  http.addHook('onRequest', async ({ raw }) => {
    const body = byteRequestBody(raw)
    const userToken = bearerToken(raw.headers.authorization) ?? ''
    const assertion = String(raw.headers[assertionHeader])
    const claims = verifyAssertion(assertion, { caller: 'router', subgraph: 'media', body, userToken }, keys)
    bytes.clientAddresses.push(claims?.clientAddress)
  })
  void http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.post('/uploads', async (request, reply) => {
      bytes.uploads.push(request.headers)
      return await reply.code(201).header('location', 'https://earshot.test/uploads/0/secret').send()
    })
    scope.patch('/uploads/*', async (request, reply) => {
      bytes.uploads.push(request.headers)
      bytes.events.emit('upload', request.raw)
      const hash = createHash('sha256')
      let sizeBytes = 0
      for await (const chunk of request.body as AsyncIterable<Buffer>) {
        hash.update(chunk)
        sizeBytes += chunk.length
      }
      const headers = { 'upload-offset': sizeBytes, 'x-sha256': hash.digest('hex') }
      return await reply.headers(headers).code(204).send()
    })
  })
  http.get('/downloads/endless', async (_request, reply) => {
    bytes.events.emit('download', reply.raw)
    return await reply.send(Readable.from(endless()))
  })
  http.get('/downloads/*', async (request, reply) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
    if (from === undefined || to === undefined)
      return await reply.type('audio/mpeg').send(Readable.from([download]))
    const part = download.subarray(Number(from), Number(to) + 1)
    return await reply.code(206).header('content-range', `bytes ${from}-${to}/${download.length}`).send(part)
  })
  return bytes
}
