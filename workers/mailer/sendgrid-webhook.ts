/** `POST /webhooks/sendgrid`: SendGrid tells what became of the mails it took. */
import type { KeyObject } from 'node:crypto'
import pLimit from 'p-limit'
import type { HttpServer } from '#runtime/process/http-server.ts'
import type { Logger } from '#runtime/process/log.ts'
import { applyCommand } from './apply-command.ts'
import type { MailMetrics } from './mail-metrics.ts'
import type { MailStore } from './mail-store.ts'
import { isFromSendGrid, reportedMails, type ReportedMail } from '#mailer/transport/sendgrid-event.ts'

export interface SendGridWebhookDependencies {
  readonly http: HttpServer
  readonly publicKeys: readonly KeyObject[]
  readonly store: MailStore
  readonly metrics: Pick<MailMetrics, 'countReport'>
  readonly log: Logger
}

/** A batch may hold some thousand events. */
const writesAtOnce = 16

/** Answers 2xx only when every report is recorded or means nothing to us: all else SendGrid sends again. */
export async function addSendGridWebhook(dependencies: SendGridWebhookDependencies): Promise<void> {
  const { http, publicKeys, log } = dependencies
  const record = createRecordReports(dependencies)
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    scope.post<{ Body: Buffer }>('/webhooks/sendgrid', async ({ body, headers }, reply) => {
      const signature = String(headers['x-twilio-email-event-webhook-signature'])
      const timestamp = String(headers['x-twilio-email-event-webhook-timestamp'])
      if (!Buffer.isBuffer(body) || !isFromSendGrid({ body, signature, timestamp }, publicKeys, new Date())) {
        log.warn(
          // What a stranger sends there may be long.
          { timestamp: /^\d{1,12}$/.test(timestamp) ? timestamp : null },
          'a call of the webhook was refused: it is not signed by SendGrid, or was signed long ago',
        )
        return await reply.code(401).send()
      }
      let mails: ReportedMail[]
      try {
        mails = reportedMails(body)
      } catch (error) {
        log.error({ err: error }, 'a call of the webhook was refused: its body is no list of events')
        return await reply.code(400).send()
      }
      const failures = await record(mails)
      if (failures.length === 0) return await reply.code(204).send()
      const err = new AggregateError(
        failures,
        `${failures.length} of ${mails.length} reports were not recorded`,
      )
      log.error({ err }, 'reports about mails could not be recorded; SendGrid is to send them again')
      return await reply.code(503).send()
    })
  })
}

/** Resolves to why reports could not be recorded. */
function createRecordReports({ store, metrics, log }: SendGridWebhookDependencies) {
  const record = async ({ mailId, messageId, report }: ReportedMail) => {
    const changed = await applyCommand(store, mailId, { type: 'report', messageId, report })
    // The mail is gone, or the report is about a try before this one.
    if (!changed.ok) return
    metrics.countReport(report.fate)
    if (report.fate === 'accepted') return
    const { kind, userId, conversionId } = changed.record
    log.warn({ mailId, kind, userId, conversionId, ...report }, 'SendGrid reports that a mail did not arrive')
  }
  return async (mails: readonly ReportedMail[]): Promise<unknown[]> => {
    const recorded = await pLimit(writesAtOnce).map(mails, (mail) =>
      record(mail).then(
        () => [],
        (error: unknown) => [error],
      ),
    )
    return recorded.flat()
  }
}
