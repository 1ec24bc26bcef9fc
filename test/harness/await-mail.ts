/** Waits for a mail in the inbox. */
import { waitUntil } from '#runtime/process/wait-until.ts'
import type { Inbox, Mail } from '#infra/local/system/inbox.ts'

/** The first mail to the address whose subject fits. */
export async function awaitMail(inbox: Inbox, address: string, subject: RegExp): Promise<Mail> {
  const find = async () => (await inbox.mailsTo(address)).find((mail) => subject.test(mail.subject))
  return await waitUntil(`a mail to ${address} with ${subject} has arrived`, find, {
    withinMs: 60_000,
    everyMs: 100,
  })
}
