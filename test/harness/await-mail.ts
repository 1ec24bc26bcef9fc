/** Waits for a mail in the inbox, and for what it holds. */
import { waitUntil } from '#runtime/process/wait-until.ts'
import type { Inbox, Mail } from '#infra/local/system/inbox.ts'

/** The first mail to the address whose subject fits. */
export async function awaitMail(
  inbox: Pick<Inbox, 'mailsTo'>,
  address: string,
  subject: RegExp,
): Promise<Mail> {
  const find = async () => (await inbox.mailsTo(address)).find((mail) => subject.test(mail.subject))
  return await waitUntil(`a mail to ${address} with ${subject} has arrived`, find, {
    withinMs: 120_000,
    everyMs: 100,
  })
}

/** What the mail that comes with a new account holds in its link. */
export async function awaitVerificationToken(
  inbox: Pick<Inbox, 'mailsTo'>,
  address: string,
): Promise<string> {
  const { text } = await awaitMail(inbox, address, /verif|confirm/i)
  return /verify-email#token=([\w.~%-]+)/.exec(text ?? '')![1]!
}
