/** What tus 1.0 says of a request before anything is done for it (https://tus.io/protocols/resumable-upload). */
import type { IncomingHttpHeaders } from 'node:http'
import { Metadata, Server } from '@tus/server'
import type { ErrorCode } from '#schema/errors/error-codes.ts'
import { DomainError } from '#runtime/domain-error.ts'
import { protocolRefusal, TusRefusal } from './tus-refusal.ts'

export const tusVersion = '1.0.0'

/** The method a request is to be taken for. Where it is given, the one it was sent by means nothing. */
export function tusMethodOf(method: string, headers: IncomingHttpHeaders): string {
  const given = headers['x-http-method-override']
  return typeof given === 'string' ? given.toUpperCase() : method
}

/** What is wrong with the request; null for what may be handled. */
export function tusFault(method: string, headers: IncomingHttpHeaders): TusRefusal | null {
  if (method === 'OPTIONS') return null
  if (headers['tus-resumable'] !== tusVersion)
    return refusal(412, `This server speaks tus ${tusVersion}: send Tus-Resumable: ${tusVersion}.`)
  if (method === 'PATCH') {
    if (headers['content-type'] !== chunkType)
      return refusal(415, `Send the bytes as Content-Type: ${chunkType}.`)
    if (!isCount(headers['upload-offset'])) return refusal(400, 'Upload-Offset must be a whole number.')
  }
  if (method !== 'POST') return null
  // The room for an upload is promised when it is created.
  if (!isCount(headers['upload-length']) || headers['upload-defer-length'] !== undefined)
    return refusal(400, 'Upload-Length must be the size in bytes, from the start.', 'BAD_USER_INPUT')
  if (!isMetadata(headers['upload-metadata']))
    return refusal(400, 'Upload-Metadata must be keys, each once, with values in Base64.')
  return null
}

const chunkType = 'application/offset+octet-stream'

const refusal = (status: number, message: string, code: ErrorCode = 'BAD_REQUEST') =>
  new TusRefusal(new DomainError(code, message), status)

const isCount = (value: string | string[] | undefined): boolean =>
  typeof value === 'string' && /^\d{1,15}$/.test(value)

function isMetadata(value: string | string[] | undefined): boolean {
  if (value === undefined || value === '') return true
  try {
    Metadata.parse(String(value))
    return true
  } catch {
    return false
  }
}

/** The library says some of what is wrong as plain text; here all errors have the shape that errors about bytes have. */
export class TusServer extends Server {
  override async write(...[context, headers, status, body]: Parameters<Server['write']>) {
    if (status < 400) return await super.write(context, headers, status, body)
    headers.set('content-type', 'application/json; charset=utf-8')
    const told = body?.startsWith('{')
      ? body
      : protocolRefusal({ status_code: status, body: body ?? '' }).body
    return await super.write(context, headers, status, told)
  }
}
