/** Counts e-mails by kind and by what became of them. */
import { Counter, type Registry } from 'prom-client'
import type { MailDocument } from '#schema/documents/mail-document.ts'
import type { MailReport } from '#mailer/transport/mail-transport.ts'

export type MailOutcome = 'sent' | 'held' | 'dropped' | 'deferred' | 'refused' | 'unconfirmed'

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
  return {
    count: (kind, outcome) => mails.inc({ kind, outcome }),
    countReport: (fate) => reports.inc({ fate }),
  }
}
