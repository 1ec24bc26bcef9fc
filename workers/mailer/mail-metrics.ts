/** Counts e-mails by kind and by what became of them, and tells how late those about conversions are. */
import { Counter, Histogram, type Registry } from 'prom-client'
import { mailKinds, type MailDocument } from '#schema/documents/mail-document.ts'
import type { MailReport } from '#mailer/transport/mail-transport.ts'

const outcomes = ['sent', 'held', 'dropped', 'deferred', 'refused', 'unconfirmed'] as const
const fates = ['accepted', 'dropped', 'bounced'] as const satisfies readonly MailReport['fate'][]

export type MailOutcome = (typeof outcomes)[number]

export interface MailMetrics {
  count(kind: MailDocument['kind'], outcome: MailOutcome): void
  /** The mail server has accepted the mail about a conversion that ended so long ago, by the clocks of two processes. */
  arrived(readyMs: number): void
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
  const ready = new Histogram({
    name: 'earshot_mail_ready_seconds',
    help: 'From the end of a conversion to its mail accepted, by the clocks of converter and mailer; without mails that were held or sent again',
    // 60 is the objective.
    buckets: [1, 2, 5, 10, 20, 30, 60, 120, 300, 900, 3600],
    registers: [registry],
  })
  // From the start: an alert sees no rise in what was not there.
  for (const kind of mailKinds) for (const outcome of outcomes) mails.inc({ kind, outcome }, 0)
  for (const fate of fates) reports.inc({ fate }, 0)
  return {
    count: (kind, outcome) => mails.inc({ kind, outcome }),
    // The clocks may differ: nothing is decided by it, but no time is less than none.
    arrived: (readyMs) => ready.observe(Math.max(0, readyMs) / 1000),
    countReport: (fate) => reports.inc({ fate }),
  }
}
