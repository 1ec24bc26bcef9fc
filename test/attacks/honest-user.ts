/** Somebody who pays: signs in, uploads, converts, follows, downloads, and asks small questions all the while. Any error is one too many. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { print } from 'graphql'
import { Agent, setGlobalDispatcher } from 'undici'
import * as operations from '#schema/generated/operations.ts'
import type { Answers } from './answers.ts'
import { createApiClient, newKey, type ApiClient } from '#test/harness/api-client.ts'
import { sendBytes, signUpUser, startConversion, testPassword } from '#test/harness/api-user.ts'

export interface HonestUser {
  readonly email: string
  /** The whole job once, over connections of its own. @throws at the first answer that is an error. */
  work(answers: Answers): Promise<void>
}

const pauseMs = 100

export async function registerHonestUser(origin: string, videoPath: string): Promise<HonestUser> {
  const { email } = await signUpUser(origin)
  const video = await readFile(videoPath)
  return {
    email,
    async work(answers) {
      // Who was there before the attack has connections; this one has to come in.
      setGlobalDispatcher(new Agent())
      const api = recorded(createApiClient(origin), answers)
      const { signIn } = await api.run(operations.SignInDocument, {
        input: { email, password: testPassword },
      })
      api.token = signIn.session!.accessToken
      const leaving = new AbortController()
      const questions = askAllTheWhile(api, leaving.signal)
      questions.catch(() => leaving.abort())
      try {
        const uploadId = await upload(api, answers, video, basename(videoPath))
        const { id } = await startConversion({ api }, uploadId)
        const mp3 = await follow(api, answers, id)
        const bytes = await answers.await('the MP3', download(mp3.downloadUrl))
        assert.equal(bytes.byteLength, mp3.sizeBytes)
      } finally {
        leaving.abort()
        await questions
      }
    },
  }
}

/** Every operation is an answer to wait for, and its errors are errors. */
function recorded(api: ApiClient, answers: Answers): ApiClient {
  const { ask } = api
  api.ask = async <T>(query: string, variables?: object) => {
    const asked = ask<T>(query, variables).then((answer) => {
      if (answer.errors) throw new Error(JSON.stringify(answer.errors))
      return answer
    })
    return await answers.await(/\w+ \w+/.exec(query)![0], asked)
  }
  return api
}

async function askAllTheWhile(api: ApiClient, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await api.run(operations.MeDocument, {})
    await api.run(operations.ConversionsDocument, { first: 5 })
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

async function upload(
  api: ApiClient,
  answers: Answers,
  video: Uint8Array,
  filename: string,
): Promise<string> {
  const input = { filename, sizeBytes: video.length, idempotencyKey: newKey() }
  const { createUpload } = await api.run(operations.CreateUploadDocument, { input })
  const { id, url } = createUpload.upload
  const sent = await answers.await('the bytes of an upload', sendBytes(url!, video))
  await sent.body?.cancel()
  assert.equal(sent.status, 204)
  for (;;) {
    const { upload: checked } = await api.run(operations.UploadDocument, { id })
    if (checked!.status === 'READY') return id
    assert.ok(checked!.status === 'UPLOADING' || checked!.status === 'VALIDATING', checked!.status)
    await delay(pauseMs)
  }
}

/** Each update is an answer that is waited for. */
async function follow(api: ApiClient, answers: Answers, id: string) {
  const socket = api.openSocket({ retryAttempts: 0 })
  try {
    const updates = socket.iterate<operations.ConversionUpdatedSubscription>({
      query: print(operations.ConversionUpdatedDocument),
      variables: { id },
    })
    for (;;) {
      const { value, done } = await answers.await('an update', updates.next())
      assert.ok(!done && value.data && !value.errors, JSON.stringify(value))
      const { status, conversion } = value.data.conversionUpdated
      if (status === 'SUCCEEDED') return conversion.mp3s[0]!
      assert.ok(status === 'QUEUED' || status === 'RUNNING', status)
    }
  } finally {
    await socket.dispose()
  }
}

async function download(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url)
  assert.equal(response.status, 200)
  return await response.arrayBuffer()
}
