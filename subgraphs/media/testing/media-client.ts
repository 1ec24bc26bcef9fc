/** What the router and a tus client do with a running media subgraph. */
import { readdir } from 'node:fs/promises'
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import type { UploadDocument } from '#schema/documents/upload-document.ts'
import {
  assertionHeader,
  liveOperationBody,
  signAssertion,
  type LiveOperation,
} from '#runtime/tokens/assertion.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'
import type { TestMedia } from './running-media.ts'

export interface MediaAnswer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[]
}

/** An operation as the router passes it on for a user. */
export async function ask(
  media: TestMedia,
  userId: string,
  query: string,
  variables: object = {},
): Promise<MediaAnswer> {
  const token = await media.tokenOf(userId)
  const body = JSON.stringify({ query, variables })
  const subject = { caller: 'router', subgraph: 'media', body, userToken: token }
  const response = await fetch(`${media.origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      [assertionHeader]: signAssertion(subject, media.settings.ROUTER_MEDIA_KEY),
    },
    body,
  })
  return (await response.json()) as MediaAnswer
}

/** A live operation with the proof the router gives; `userToken` is what the proof is about. */
export function liveExtensions(media: TestMedia, operation: LiveOperation, token: string, userToken = token) {
  const subject = { caller: 'router', subgraph: 'media', body: liveOperationBody(operation), userToken }
  const assertion = signAssertion(subject, media.settings.ROUTER_MEDIA_KEY)
  return { assertion, authorization: `Bearer ${token}`, requestId: 'request-of-a-test' }
}

export const openLiveSocket = (media: TestMedia): Client =>
  createClient({
    url: `${media.origin.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  })

/** Validating a video takes ffmpeg a few seconds on a busy machine. */
const wait = { withinMs: 60_000, everyMs: 20 }

export const tusHeaders = { 'tus-resumable': '1.0.0' }

const metadataOf = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

/** Creates an upload as any tus client does. */
export async function createByTus(
  media: TestMedia,
  userId: string,
  sizeBytes: number,
  metadata: Record<string, string> = { filename: 'talk.mp4' },
): Promise<Response> {
  return await fetch(`${media.origin}/uploads`, {
    method: 'POST',
    headers: {
      ...tusHeaders,
      authorization: `Bearer ${await media.tokenOf(userId)}`,
      'upload-length': String(sizeBytes),
      'upload-metadata': metadataOf(metadata),
    },
  })
}

export async function patch(url: string, bytes: Uint8Array, offset = 0): Promise<Response> {
  return await fetch(url, {
    method: 'PATCH',
    headers: {
      ...tusHeaders,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
}

export const head = async (url: string): Promise<Response> =>
  await fetch(url, { method: 'HEAD', headers: tusHeaders })

/** The upload, once it is in one of the states. */
export async function uploadIn(
  media: TestMedia,
  filter: object,
  ...states: UploadDocument['status'][]
): Promise<UploadDocument> {
  const uploads = media.database.collection<UploadDocument>('uploads')
  return await waitUntil(
    `an upload is ${states.join(' or ')}`,
    async () => {
      const found = await uploads.findOne(filter)
      return found && states.includes(found.status) ? found : null
    },
    wait,
  )
}

/** What there is of an upload on the disk and in the blob store. */
export async function remainsOf(media: TestMedia, { _id, secretHash }: UploadDocument) {
  const files = await readdir(media.settings.UPLOAD_DIRECTORY)
  const ofUpload = new RegExp(`^${_id}[.]`)
  const blobs = media.database.collection<{ _id: string }>('fs.files')
  return {
    files: files.filter((name) => name.startsWith(secretHash)),
    blobs: await blobs.countDocuments({ _id: ofUpload }),
    chunks: await media.database.collection('fs.chunks').countDocuments({ files_id: ofUpload }),
  }
}

/** Resolves when its files are gone from the disk, which is after its state says so. */
export async function noFilesOf(media: TestMedia, upload: UploadDocument): Promise<void> {
  const areGone = async () => (await remainsOf(media, upload)).files.length === 0
  await waitUntil('the files of the upload are gone', areGone, wait)
}

export const nothing = { files: [], blobs: 0, chunks: 0 }
