/** Tokens that set a new password: random, for an hour, for one use; what is stored shows none of them. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { UserDocument } from '#schema/documents/user-document.ts'

export type StoredReset = UserDocument['passwordResets'][number]

export interface IssuedReset {
  /** `<userId>.<secret>` */
  readonly token: string
  readonly stored: StoredReset
}

const lifetimeMs = 3_600_000

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

export function issueResetToken(userId: string, now: Date): IssuedReset {
  const token = `${userId}.${randomBytes(32).toString('base64url')}`
  return { token, stored: { tokenHash: hashOf(token), expiresAt: new Date(now.getTime() + lifetimeMs) } }
}

/** Whose token it says it is. */
export const userOfResetToken = (token: string): string => token.split('.', 1)[0]!

/** The one of a user's resets that this token is for. */
export function findReset(token: string, { passwordResets }: UserDocument, now: Date): StoredReset | null {
  const hash = Buffer.from(hashOf(token))
  const isIt = ({ tokenHash, expiresAt }: StoredReset) =>
    expiresAt > now && timingSafeEqual(hash, Buffer.from(tokenHash))
  return passwordResets.find(isIt) ?? null
}
