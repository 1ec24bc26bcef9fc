/** Ids that derive from their owner and an idempotency key: the same request always names the same document. */
import { createHash } from 'node:crypto'

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
