/** A user whose address is verified, so that every outcome owes a mail. */
import * as operations from '#schema/generated/operations.ts'
import type { Inbox } from '#infra/local/system/inbox.ts'
import { signUpUser, type ApiUser } from '#test/harness/api-user.ts'
import { awaitMail } from '#test/harness/await-mail.ts'

export async function registerVerifiedUser(origin: string, inbox: Inbox): Promise<ApiUser> {
  const user = await signUpUser(origin)
  const request = await awaitMail(inbox, user.email, /verif|confirm/i)
  const token = /verify-email#token=([\w.~%-]+)/.exec(request.text ?? '')![1]!
  await user.api.run(operations.VerifyEmailDocument, { input: { token } })
  return user
}
