/** Counts e-mails by kind and by what became of them. */
import { Counter, type Registry } from 'prom-client'
import type { MailDocument } from '#schema/documents/mail-document.ts'

export type MailOutcome = 'sent' | 'held' | 'deferred' | 'refused' | 'unconfirmed'

export interface MailMetrics {
  count(kind: MailDocument['kind'], outcome: MailOutcome): void
}

export function createMailMetrics(registry: Registry): MailMetrics {
  const mails = new Counter({
    name: 'earshot_mails_total',
    help: 'E-mails by kind and by what became of them; deferred ones are tried again.',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  })
  return { count: (kind, outcome) => mails.inc({ kind, outcome }) }
}
