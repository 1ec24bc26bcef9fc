/** A user whose address is verified, so that every outcome owes a mail. */
import * as operations from '#schema/generated/operations.ts'
import type { Inbox } from '#infra/local/system/inbox.ts'
import { signUpUser, type ApiUser } from '#test/harness/api-user.ts'
import { awaitVerificationToken } from '#test/harness/await-mail.ts'

export async function registerVerifiedUser(origin: string, inbox: Pick<Inbox, 'mailsTo'>): Promise<ApiUser> {
  const user = await signUpUser(origin)
  const token = await awaitVerificationToken(inbox, user.email)
  await user.api.run(operations.VerifyEmailDocument, { input: { token } })
  return user
}
