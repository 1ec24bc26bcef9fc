/** A client as the documentation tells people to write one: it asks again with the same key until it has an answer. */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { print } from 'graphql'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { errorCodes, isErrorCode } from '#schema/errors/error-codes.ts'
import * as operations from '#schema/generated/operations.ts'
import { createApiClient, newKey, type GraphqlAnswer } from '#test/harness/api-client.ts'
import { receivedOffset, sendBytes, testPassword, type ApiUser, type Update } from '#test/harness/api-user.ts'

const pauseMs = 200

export interface Order {
  readonly id: string
  /** All updates from the first event on, over any number of reconnections; resolves when the conversion is finished. */
  readonly told: Promise<readonly Update[]>
}

/** Uploads the file under the name, has it converted, and watches it. @throws the signal's reason when it is aborted. */
export async function order(
  user: ApiUser,
  path: string,
  filename: string,
  signal: AbortSignal,
): Promise<Order> {
  return await convert(user, await upload(user, path, filename, signal), signal)
}

/** @returns the upload's id, when it is ready. @throws the signal's reason when it is aborted. */
export async function upload(
  user: ApiUser,
  path: string,
  filename: string,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await readFile(path)
  const announced = { filename, sizeBytes: bytes.length, idempotencyKey: newKey() }
  const { createUpload } = await persist(user, operations.CreateUploadDocument, { input: announced }, signal)
  const { id, url } = createUpload.upload
  await send(url!, bytes, signal)
  for (;;) {
    const told = await persist(user, operations.UploadDocument, { id }, signal)
    const { status, failure } = told.upload!
    if (status === 'READY') return id
    if (status === 'REJECTED' || status === 'EXPIRED')
      throw new Error(`the upload is ${status}: ${JSON.stringify(failure)}`)
    await delay(pauseMs)
  }
}

/** Has what was uploaded converted, and watches it. @throws the signal's reason when it is aborted. */
export async function convert(user: ApiUser, uploadId: string, signal: AbortSignal): Promise<Order> {
  const wanted = { uploadId, idempotencyKey: newKey(), output: {} }
  const { startConversion } = await persist(
    user,
    operations.StartConversionDocument,
    { input: wanted },
    signal,
  )
  const { id } = startConversion.conversion
  const told = watch(user, id, signal)
  // A scenario that gives up does not await it.
  told.catch(() => undefined)
  return { id, told }
}

/** Sends every byte, each time from the offset that the server names, as tus asks. */
async function send(url: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    signal.throwIfAborted()
    try {
      const response = await sendBytes(url, bytes.subarray(offset), offset)
      await response.body?.cancel()
      offset = Number(response.headers.get('upload-offset') ?? (await receivedOffset(url)))
    } catch {
      await delay(pauseMs)
      offset = await receivedOffset(url).catch(() => offset)
    }
  }
}

/** Sends the operation until it is answered. @throws Error when the API refuses it with a code that is not retryable. */
export async function persist<R, V extends object>(
  user: ApiUser,
  document: TypedDocumentNode<R, V>,
  variables: V,
  signal?: AbortSignal,
): Promise<R> {
  for (;;) {
    signal?.throwIfAborted()
    const { token } = user.api
    const answer = await user.api.ask<R>(print(document), variables).catch(() => undefined)
    if (answer?.data != null && answer.errors === undefined) return answer.data
    if (answer !== undefined) await mendOrThrow(user, token, answer)
    await delay(pauseMs)
  }
}

async function mendOrThrow(
  user: ApiUser,
  token: string | undefined,
  answer: GraphqlAnswer<unknown>,
): Promise<void> {
  const code = answer.errors?.[0]?.extensions?.code
  // Another of the waiting requests may have signed in meanwhile.
  if (code === 'UNAUTHENTICATED') return user.api.token === token ? await signInAgain(user) : undefined
  if (answer.httpStatus >= 500 || code === undefined) return
  const retryable = isErrorCode(code) && errorCodes[code].retryable
  if (!retryable) throw new Error(`the API refused: ${JSON.stringify(answer.errors)}`)
}

/** Access tokens last ten minutes, and a long run longer. */
async function signInAgain({ api, email }: ApiUser): Promise<void> {
  const input = { email, password: testPassword }
  // By a client that sends no token: an expired one is refused whatever the operation.
  const answer = await createApiClient(api.origin)
    .ask<operations.SignInMutation>(print(operations.SignInDocument), { input })
    .catch(() => undefined)
  if (answer?.data) api.token = answer.data.signIn.session!.accessToken
}

const finished = /^(SUCCEEDED|FAILED|CANCELLED)$/

/** Follows over any number of broken connections, each time from the last sequence it was told. */
export async function watch(
  user: ApiUser,
  id: string,
  signal: AbortSignal,
  onConnected?: () => void,
): Promise<readonly Update[]> {
  const told: Update[] = []
  let afterSequence = 0
  for (;;) {
    const socket = user.api.openSocket({ retryAttempts: 0 })
    if (onConnected) socket.on('connected', onConnected)
    const leave = () => void socket.dispose()
    signal.addEventListener('abort', leave, { once: true })
    const payload = { query: print(operations.ConversionUpdatedDocument), variables: { id, afterSequence } }
    try {
      for await (const { data } of socket.iterate<operations.ConversionUpdatedSubscription>(payload)) {
        if (!data) break
        told.push(data.conversionUpdated)
        afterSequence = data.conversionUpdated.sequence
      }
    } catch {
      // The connection broke; the next one sends what was missed.
    } finally {
      signal.removeEventListener('abort', leave)
      await socket.dispose()
    }
    if (finished.test(told.at(-1)?.status ?? '')) return told
    await delay(pauseMs)
    // Signs in again where the token has run out.
    await persist(user, operations.MeDocument, {}, signal)
  }
}
