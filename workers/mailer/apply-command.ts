/** Carries a command out on a stored e-mail: read, decide, replace if it is still as read, else again. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import type { MailStore } from './mail-store.ts'
import { transition, type MailCommand } from './mail-transition.ts'

/** The mail as the command left it, or null where the command came too late. */
export async function applyCommand(
  store: MailStore,
  id: string,
  command: MailCommand,
): Promise<MailDocument | null> {
  for (;;) {
    const mail = await store.read(id)
    if (mail === null) return null
    const verdict = transition(mail, command)
    if (verdict.type === 'stale') return null
    if (verdict.type === 'done') return mail
    // Each miss means that somebody else got on, which a mail allows a handful of times.
    if (await store.replace(mail, verdict.document)) return verdict.document
  }
}
