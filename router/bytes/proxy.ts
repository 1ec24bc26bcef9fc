/** Passes uploads and downloads through to the media subgraph, and says for whom. */
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendByteError } from '#runtime/byte-error.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough, type PassThroughReply } from '#runtime/process/pass-through.ts'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { bearerToken } from '#runtime/tokens/verify-access-token.ts'
import { assertionHeader, byteRequestBody, signAssertion } from '#runtime/tokens/assertion.ts'
import { bytePrefixes, isBytePath, isDownload } from './byte-paths.ts'
import { createDownloadGate, type DownloadLimits } from '#runtime/downloads/download-gate.ts'

export interface ProxyDependencies {
  /** The media subgraph's. */
  readonly origin: string
  readonly keys: RotatingKeys
  readonly clientAddressOf: ClientAddressOf
  readonly charge: ChargeClient
  readonly downloads: DownloadLimits
  readonly log: Logger
}

/** Media is asked, and its database. By default one address has enough for 200 a second. */
const requestCost = 100

export async function addProxy(
  http: FastifyInstance,
  { origin, keys, clientAddressOf, charge, downloads, log }: ProxyDependencies,
): Promise<AsyncDisposable> {
  const routes = bytePrefixes.map((prefix) => ({ prefix, origin }))
  const headers = (request: IncomingMessage) => {
    const clientAddress = clientAddressOf(request)
    const userToken = bearerToken(request.headers.authorization) ?? ''
    const subject = { caller: 'router', subgraph: 'media', body: byteRequestBody(request), userToken }
    return { [assertionHeader]: signAssertion({ ...subject, clientAddress }, keys) }
  }
  const refuse = ({ raw }: FastifyRequest, reply: FastifyReply) => {
    const putOff = charge.address(clientAddressOf(raw), requestCost)
    if (putOff === null) return false
    sendByteError(reply, putOff)
    return true
  }
  // In what the router answers by itself, too, as tus wants it in every answer.
  http.addHook('onSend', async ({ url }, reply) => {
    if (isBytePath(url) && !isDownload(url)) void reply.header('tus-resumable', '1.0.0')
  })
  const admitDownload = createDownloadGate(downloads, clientAddressOf)
  const admit = async ({ raw }: FastifyRequest, reply: PassThroughReply) =>
    isDownload(raw.url ?? '') ? await admitDownload(raw, reply) : () => undefined
  return await addPassThrough(http, { routes, headers, refuse, admit, log })
}
