/** Values that are right for the texts and ids of the schema: a request that has only such comes as far as requests can. */
import { testPassword, type ApiUser } from '#test/harness/api-user.ts'
import { newKey } from '#test/harness/api-client.ts'
import type { Tenant } from '#test/attacks/tenants/tenant.ts'

/** What there is to ask for. */
export interface Things {
  readonly own: Tenant
  readonly spender: ApiUser
  readonly richUploadId: string
  readonly richIds: readonly string[]
  /** Ordered with something unusual. */
  readonly warnedId: string
  /** To be ended. */
  readonly sessions: readonly { readonly accessToken: string; readonly refreshToken: string }[]
  /** To be cancelled and deleted. */
  readonly doomedIds: readonly string[]
  readonly verificationToken: string
  readonly resetToken: string
}

/** @param parent The input object, or the field. Each value is as good as the others; none where any will do. */
export type ValidValues = (name: string, parent: string) => readonly string[]

export function validValuesOf(things: Things): ValidValues {
  const { own, spender, richUploadId, richIds, sessions, doomedIds } = things
  const finished = [own.succeeded.id, ...richIds]
  const refreshTokens = sessions.map(({ refreshToken }) => refreshToken)
  const values: Readonly<Record<string, readonly string[]>> = {
    'upload.id': [own.sourceId, own.coverId, own.rejectedId, own.uploading.id, richUploadId],
    'conversion.id': [...finished, own.queuedId, own.cancelledId, things.warnedId],
    'conversionUpdated.id': finished,
    'RevokeDownloadLinksInput.id': finished,
    'RetryConversionInput.id': [own.cancelledId],
    'CancelConversionInput.id': doomedIds,
    'DeleteConversionInput.id': doomedIds,
    'CoverInput.uploadId': [own.coverId],
    'SignUpInput.password': [testPassword],
    'VerifyEmailInput.password': [testPassword],
    'DeleteAccountInput.password': [testPassword],
    'SignInInput.email': [own.user.email],
    'SignInInput.password': [testPassword],
    'ChangePasswordInput.currentPassword': [testPassword],
    'ChangePasswordInput.newPassword': [testPassword],
    'ResetPasswordInput.token': [things.resetToken],
    'ResetPasswordInput.newPassword': [testPassword],
    'RequestPasswordResetInput.email': [spender.email],
    'VerifyEmailInput.token': [things.verificationToken],
    'EndSessionInput.sessionId': sessions.map(({ accessToken }) => sessionOf(accessToken)),
    'SignOutInput.refreshToken': refreshTokens.slice(0, 3),
    'RefreshSessionInput.refreshToken': refreshTokens.slice(3),
    uploadId: [own.sourceId, richUploadId],
    conversionId: finished,
    after: [own.cursor],
    filename: ['talk.mp4', 'Vortrag über „Anführung“.mkv'],
    locale: ['en', 'de-DE'],
    language: ['eng', 'de'],
    sha256: ['0'.repeat(64)],
    key: ['title', 'artist'],
  }
  return (name, parent) => {
    if (name === 'email' && parent === 'SignUpInput') return [`user-${newKey()}@example.com`]
    if (name === 'idempotencyKey') return [newKey(), own.queuedKey]
    return values[`${parent}.${name}`] ?? values[name] ?? []
  }
}

const sessionOf = (accessToken: string): string =>
  (JSON.parse(Buffer.from(accessToken.split('.')[1]!, 'base64url').toString()) as { sid: string }).sid
