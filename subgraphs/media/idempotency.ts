/** Idempotency keys: the same request always names the same document, and a digest tells a key that is reused with other input. */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { idempotencyKeyCharacters } from '#schema/limits.ts'

const { least, most } = idempotencyKeyCharacters
const wrongLength = `idempotencyKey must have ${least} to ${most} characters`

export const idempotencyKeySchema = z.string().min(least, wrongLength).max(most, wrongLength)

/** 32 hexadecimal digits: opaque, safe in a shell and a URL, and as unlikely to collide as a random UUID. */
export function derivedId(kind: 'upload' | 'conversion', ownerId: string, idempotencyKey: string): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, ownerId, idempotencyKey]))
    .digest('hex')
    .slice(0, 32)
}

/** Digest of a request's input, to tell a repeated request from a reused key. */
export function inputDigest(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url')
}
