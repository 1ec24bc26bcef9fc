/** The secret in an upload's URL: 256 bits derived from its id, so that the owner can be shown it again and nobody can guess it. */
import { createHash, createHmac } from 'node:crypto'
import type { RotatingKeys } from '#runtime/process/settings.ts'

export interface UploadSecrets {
  secretOf(uploadId: string, hash?: string): string
  urlOf(uploadId: string, replica: number, hash?: string): string
}

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** With a hash given, the key that made the secret of that hash is used, so that URLs outlive a change of keys. */
export function createUploadSecrets(keys: RotatingKeys, publicUrl: string): UploadSecrets {
  const derive = (uploadId: string, key: Buffer) =>
    createHmac('sha256', key).update(`upload\n${uploadId}`).digest('base64url')
  const secretOf = (uploadId: string, hash?: string) => {
    const made =
      hash === undefined ? undefined : keys.find((key) => hashSecret(derive(uploadId, key)) === hash)
    return derive(uploadId, made ?? keys[0])
  }
  return {
    secretOf,
    urlOf: (uploadId, replica, hash) => `${publicUrl}/uploads/${replica}/${secretOf(uploadId, hash)}`,
  }
}
