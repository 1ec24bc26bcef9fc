/** Counts e-mails by kind and by what became of them. */
import { Counter, type Registry } from 'prom-client'
import { mailKinds, type MailDocument } from '#schema/documents/mail-document.ts'
import type { MailReport } from '#mailer/transport/mail-transport.ts'

const outcomes = ['sent', 'held', 'dropped', 'deferred', 'refused', 'unconfirmed'] as const
const fates = ['accepted', 'dropped', 'bounced'] as const satisfies readonly MailReport['fate'][]

export type MailOutcome = (typeof outcomes)[number]

export interface MailMetrics {
  count(kind: MailDocument['kind'], outcome: MailOutcome): void
  countReport(fate: MailReport['fate']): void
}

export function createMailMetrics(registry: Registry): MailMetrics {
  const mails = new Counter({
    name: 'earshot_mails_total',
    help: 'E-mails by kind and by what became of them; deferred ones are tried again.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  })
  const reports = new Counter({
    name: 'earshot_mail_reports_total',
    help: 'What the provider told later of our e-mails; the same may be told more than once.',
    labelNames: ['fate'],
    registers: [registry],
  })
  // From the start: an alert sees no rise in what was not there.
  for (const kind of mailKinds) for (const outcome of outcomes) mails.inc({ kind, outcome }, 0)
  for (const fate of fates) reports.inc({ fate }, 0)
  return {
    count: (kind, outcome) => mails.inc({ kind, outcome }),
    countReport: (fate) => reports.inc({ fate }),
  }
}
