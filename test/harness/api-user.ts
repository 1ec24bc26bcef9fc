/** A fresh user of a running system, and what users do: upload, convert, download. */
import { print } from 'graphql'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { waitUntil } from '#runtime/process/wait-until.ts'
import * as operations from '#schema/generated/operations.ts'
import { createApiClient, newKey, type ApiClient } from './api-client.ts'

export interface ApiUser {
  readonly api: ApiClient
  readonly email: string
  readonly id: string
  readonly refreshToken: string
}

export const testPassword = 'correct horse battery staple'

export async function signUpUser(origin: string): Promise<ApiUser> {
  const api = createApiClient(origin)
  const email = `user-${newKey()}@example.com`
  const { signUp } = await api.run(operations.SignUpDocument, {
    input: { email, password: testPassword },
  })
  const { accessToken, refreshToken, user } = signUp.session!
  api.token = accessToken
  return { api, email, id: user.id, refreshToken }
}

export interface AnnounceOptions {
  readonly filename?: string
  readonly sizeBytes?: number
  readonly sha256?: string
  readonly purpose?: operations.UploadPurpose
  readonly coverFrameMs?: number
}

const tus = { 'tus-resumable': '1.0.0' }

/** Sends bytes from an offset in one PATCH. */
export async function sendBytes(url: string, bytes: Uint8Array, offset = 0): Promise<Response> {
  return await fetch(url, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
}

export async function receivedOffset(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: tus })
  return Number(response.headers.get('upload-offset'))
}

/** Announces a file, sends it, and waits until it was validated. */
export async function uploadFile({ api }: ApiUser, path: string, options: AnnounceOptions = {}) {
  const bytes = await readFile(path)
  const input = { filename: basename(path), sizeBytes: bytes.length, idempotencyKey: newKey(), ...options }
  const { createUpload } = await api.run(operations.CreateUploadDocument, { input })
  const sent = await sendBytes(createUpload.upload.url!, bytes)
  await sent.body?.cancel()
  return await checkedUpload(api, createUpload.upload.id)
}

/** Uploads have no subscription: clients ask until the upload was validated. */
export async function checkedUpload(api: ApiClient, id: string) {
  const read = async () => {
    const upload = (await api.run(operations.UploadDocument, { id })).upload!
    return upload.status !== 'UPLOADING' && upload.status !== 'VALIDATING' && upload
  }
  return await waitUntil(`upload ${id} was checked`, read, { withinMs: 120_000 })
}

export type Update = operations.ConversionUpdatedSubscription['conversionUpdated']

/** Every update until the stream ends, which it does when the conversion is finished. */
export async function followConversion(
  api: ApiClient,
  id: string,
  afterSequence?: number,
): Promise<Update[]> {
  const socket = api.openSocket()
  const updates: Update[] = []
  const payload = { query: print(operations.ConversionUpdatedDocument), variables: { id, afterSequence } }
  try {
    for await (const result of socket.iterate<operations.ConversionUpdatedSubscription>(payload)) {
      if (result.errors) throw new Error(JSON.stringify(result.errors))
      if (result.data) updates.push(result.data.conversionUpdated)
    }
  } catch (refusal) {
    // graphql-ws throws the list of errors of a subscription that was refused.
    throw refusal instanceof Error ? refusal : new Error(JSON.stringify(refusal))
  } finally {
    await socket.dispose()
  }
  return updates
}

export async function startConversion(
  { api }: Pick<ApiUser, 'api'>,
  uploadId: string,
  output: operations.OutputOptionsInput = {},
) {
  const input = { uploadId, idempotencyKey: newKey(), output }
  const { startConversion: started } = await api.run(operations.StartConversionDocument, { input })
  return started.conversion
}

/** From a file to the finished conversion. */
export async function convertFile(user: ApiUser, path: string, output: operations.OutputOptionsInput = {}) {
  const upload = await uploadFile(user, path)
  if (upload.status !== 'READY')
    throw new Error(`the upload is ${upload.status}: ${JSON.stringify(upload.failure)}`)
  const conversion = await startConversion(user, upload.id, output)
  const updates = await followConversion(user.api, conversion.id)
  return { upload, updates, conversion: updates.at(-1)!.conversion }
}
