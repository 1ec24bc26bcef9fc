/** Waits for a mail in the inbox. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Inbox, Mail } from '#infra/local/system/inbox.ts'

/** The first mail to the address whose subject fits; the inbox is asked until the test's own deadline ends it. */
export async function awaitMail(inbox: Inbox, address: string, subject: RegExp): Promise<Mail> {
  for (;;) {
    const mails = await inbox.mailsTo(address)
    const found = mails.find((mail) => subject.test(mail.subject))
    if (found) return found
    await delay(100)
  }
}
