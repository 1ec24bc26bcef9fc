/** Carries a command out on a stored e-mail. */
import type { MailDocument } from '#schema/documents/mail-document.ts'
import { changeDocument, type Changed } from '#runtime/mongo/change-document.ts'
import type { MailStore } from './mail-store.ts'
import { transition, type MailCommand } from './mail-transition.ts'

export const applyCommand = (
  store: Pick<MailStore, 'read' | 'replace'>,
  id: string,
  command: MailCommand,
): Promise<Changed<MailDocument, MailDocument, 'OUTDATED'>> =>
  changeDocument({ read: () => store.read(id), replace: store.replace }, (mail) => transition(mail, command))
