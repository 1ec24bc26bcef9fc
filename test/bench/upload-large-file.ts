/** Uploads a file too large to be held in memory. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Upload } from 'tus-js-client'
import * as operations from '#schema/generated/operations.ts'
import { newKey } from '#test/harness/api-client.ts'
import { checkedUpload, type ApiUser } from '#test/harness/api-user.ts'

export async function uploadLargeFile({ api }: ApiUser, path: string) {
  const { size } = await stat(path)
  const input = { filename: basename(path), sizeBytes: size, idempotencyKey: newKey() }
  const { createUpload } = await api.run(operations.CreateUploadDocument, { input })
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(createReadStream(path), {
      uploadUrl: createUpload.upload.url!,
      uploadSize: size,
      chunkSize: Number.POSITIVE_INFINITY,
      onSuccess: () => resolve(),
      onError: reject,
    })
    upload.start()
  })
  return await checkedUpload(api, createUpload.upload.id)
}
