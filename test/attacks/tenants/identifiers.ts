/** What names a tenant's things, each with another of the same form that names nothing. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { Tenant } from './tenant.ts'

export interface Identifier {
  /** What it names. */
  readonly name: string
  readonly value: string | number
  /** Of the same form, and names nothing. */
  readonly unknown: string | number
}

export function identifiersOf(tenant: Tenant): readonly Identifier[] {
  const [mp3] = tenant.succeeded.mp3s
  const token = mp3!.downloadUrl.split('/').at(-1)!
  const secret = tenant.uploading.url.split('/').at(-1)!
  const ids: Readonly<Record<string, string>> = {
    user: tenant.user.id,
    session: tenant.sessionId,
    'upload that is ready': tenant.sourceId,
    'cover upload': tenant.coverId,
    'upload that was rejected': tenant.rejectedId,
    'upload under way': tenant.uploading.id,
    'conversion that succeeded': tenant.succeeded.id,
    'conversion that waits': tenant.queuedId,
    'conversion that was cancelled': tenant.cancelledId,
    MP3: mp3!.id,
    'idempotency key of an upload': tenant.uploading.idempotencyKey,
    'idempotency key of a conversion': tenant.queuedKey,
    'secret of an upload': secret,
    'address of an upload': tenant.uploading.url,
    'token of a download': token,
    'address of a download': mp3!.downloadUrl,
  }
  return [
    ...Object.entries(ids).map(([name, value]) => ({ name, value, unknown: alike(value) })),
    { name: 'cursor', value: tenant.cursor, unknown: alikeCursor(tenant.cursor) },
    { name: 'e-mail address', value: tenant.user.email, unknown: `user-${randomUUID()}@example.com` },
    {
      name: 'sequence of an event',
      value: tenant.succeeded.sequence,
      unknown: tenant.succeeded.sequence + 1,
    },
  ]
}

/** @returns a text of the same form: as long, with its random parts made anew. */
export function alike(value: string): string {
  if (/^[\da-f]{8}-/.test(value)) return randomUUID()
  if (/^[\da-f]{32}$/.test(value)) return randomBytes(16).toString('hex')
  const [, head, tail] = /^(.*[/.])?([\w-]+)$/s.exec(value) ?? []
  if (tail === undefined) throw new Error(`no text is like ${value}`)
  return `${head ?? ''}${randomBytes(tail.length).toString('base64url').slice(0, tail.length)}`
}

/** A place in a list at the same moment. */
function alikeCursor(cursor: string): string {
  const [createdAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string]
  return Buffer.from(JSON.stringify([createdAt, alike(id)])).toString('base64url')
}
