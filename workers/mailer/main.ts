/** The mailer: sends each e-mail once. */
import { createMongoConversionStore } from '#ledger/conversion-store.ts'
import { createDebtSweep } from '#ledger/debt-sweep.ts'
import { connectMongo } from '#runtime/mongo/connect-mongo.ts'
import { createHttpServer } from '#runtime/process/http-server.ts'
import { repeat } from '#runtime/process/repeat.ts'
import { retryForever } from '#runtime/process/retry-forever.ts'
import { runProcess } from '#runtime/process/run-process.ts'
import { connectRabbit } from '#runtime/rabbit/connection.ts'
import { startConsumer } from '#runtime/rabbit/consumer.ts'
import { createPublisher } from '#runtime/rabbit/publisher.ts'
import { queues } from '#runtime/rabbit/topology.ts'
import { createThrottleStore } from '#runtime/throttle/throttle-store.ts'
import { createThrottles } from '#runtime/throttle/throttles.ts'
import { mailEventSchema } from '#schema/messages/mail-event.ts'
import { createDeliverMail } from './deliver-mail.ts'
import { createHandleMailEvent } from './handle-mail-event.ts'
import { createInboxLimit } from './inbox-limit.ts'
import { createMailMetrics } from './mail-metrics.ts'
import { createMailStore } from './mail-store.ts'
import { mailerSettings } from './mailer-settings.ts'
import { createRecipients } from './recipients.ts'
import { createSendMail } from './send-mail.ts'
import { addSendGridWebhook } from './sendgrid-webhook.ts'
import { createSweepMails } from './sweep-mails.ts'
import { createPayMailDebt } from './pay-mail-debt.ts'
import { createMailTransport } from '#mailer/transport/create-mail-transport.ts'
import { createWriteMail } from './write-mail.ts'

await runProcess(
  'mailer',
  mailerSettings,
  async ({ settings, log, metrics: registry, health, signal, resources }) => {
    const { database } = resources.use(connectMongo(settings.MONGODB_URL, health))
    const store = createMailStore(database, log)
    const metrics = createMailMetrics(registry)
    const http = createHttpServer({ log })
    resources.defer(() => http.close())
    const publicKeys = settings.SENDGRID_WEBHOOK_PUBLIC_KEY
    if (publicKeys) await addSendGridWebhook({ http, publicKeys, store, metrics, log })
    await http.listen({ host: settings.HOST, port: settings.PORT })
    const inboxes = createThrottleStore(database, 'inboxes')
    const prepare = () => Promise.all([store.prepare(), inboxes.prepare()])
    await retryForever('preparing the mailer’s collections', prepare, log, signal)

    const conversions = createMongoConversionStore(database, log)
    const recipients = createRecipients({ authUrl: settings.AUTH_URL, keys: settings.MAILER_AUTH_KEY })
    const linkSettings = { publicUrl: settings.PUBLIC_URL, linkKeys: settings.LINK_KEYS }
    const writeMail = createWriteMail({ conversions, recipients, ...linkSettings })
    const mailing = { store, transport: createMailTransport(settings), from: settings.MAIL_FROM }
    const now = () => new Date()
    const countForInbox = createInboxLimit(createThrottles({ store: inboxes, log, now }), settings)
    const sendMail = createSendMail(mailing)
    const deliver = createDeliverMail({ store, writeMail, sendMail, countForInbox, metrics })

    const rabbit = resources.use(await connectRabbit(settings.RABBITMQ_URL, log, health, signal))
    const publisher = resources.use(await createPublisher(rabbit))
    const payDebt = createPayMailDebt({ store, conversions })
    const handle = createHandleMailEvent({ store, conversions, payDebt, deliver })
    const consumption = { queue: queues.mail, schema: mailEventSchema, prefetch: 8, signal, handle }
    resources.use(await startConsumer({ rabbit, publisher, log }, consumption))
    const interruptedAfterMs = settings.UNCONFIRMED_AFTER_MS
    const sweep = createSweepMails({ store, deliver, metrics, log, limits: { interruptedAfterMs } })
    resources.use(repeat(sweep, { name: 'sweep mails', everyMs: settings.SWEEP_EVERY_MS, log }))
    const forgetInboxes = () => inboxes.removeOver(now())
    resources.use(repeat(forgetInboxes, { name: 'forget inboxes', everyMs: 60_000, log }))
    const sweepDebts = createDebtSweep({
      ledger: conversions,
      debt: 'mail',
      async pay(conversion) {
        const mailId = await payDebt(conversion)
        if (mailId !== null) await deliver(mailId, { requestId: undefined, log })
      },
      log,
    })
    resources.use(repeat(sweepDebts, { name: 'pay mail debts', everyMs: 3 * settings.SWEEP_EVERY_MS, log }))
  },
)
