/** The mailer's own settings. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import addressparser from 'nodemailer/lib/addressparser'
import { commonSettings, listeningSettings, setting } from '#runtime/process/settings.ts'
import { rateSetting } from '#runtime/throttle/rate.ts'

const address = z.string().transform((value, context) => {
  const [first, ...rest] = addressparser(value, { flatten: true })
  if (
    first === undefined ||
    rest.length > 0 ||
    /[\r\n]/.test(value) ||
    !/^[^\s@]+@[^\s@]+$/.test(first.address)
  ) {
    context.addIssue({
      code: 'custom',
      message: 'must be one address, such as Earshot <no-reply@example.com>',
    })
    return z.NEVER
  }
  return { name: first.name, address: first.address }
})

/** As SendGrid shows it: an ECDSA key on P-256, DER (SubjectPublicKeyInfo, RFC 5280, 4.1) in base64. */
const webhookKeys = z.string().transform((value, context): readonly KeyObject[] => {
  try {
    const keys = value
      .split(',')
      .map((key) => createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }))
    if (keys.every(({ asymmetricKeyDetails }) => asymmetricKeyDetails?.namedCurve === 'prime256v1'))
      return keys
  } catch {
    // Falls through to the message below.
  }
  context.addIssue({
    code: 'custom',
    message: 'must be one or two public keys as SendGrid shows them, joined by a comma',
  })
  return z.NEVER
})

export const mailerSettings = z
  .object({
    ...commonSettings,
    ...listeningSettings,
    MONGODB_URL: setting.mongodbUrl,
    RABBITMQ_URL: setting.rabbitmqUrl,
    AUTH_URL: setting.origin,
    MAILER_AUTH_KEY: setting.rotatingKeys,
    LINK_KEYS: setting.rotatingKeys,
    MAIL_FROM: address,
    SENDGRID_API_KEY: z.string().optional(),
    SMTP_URL: setting.smtpUrl.optional(),
    /** Mails about accounts that one inbox gets. */
    INBOX_HOURLY_RATE: rateSetting.prefault('3/h'),
    INBOX_DAILY_RATE: rateSetting.prefault('10/d'),
    SWEEP_EVERY_MS: setting.sweepEveryMs,
    /** A mail whose sender sent no word for so long may have arrived, and is not sent again. Longer than most tries last. */
    UNCONFIRMED_AFTER_MS: setting.count.default(60_000),
    /** Who may report bounces; without it nobody. */
    SENDGRID_WEBHOOK_PUBLIC_KEY: webhookKeys.optional(),
  })
  .refine((settings) => (settings.SENDGRID_API_KEY === undefined) !== (settings.SMTP_URL === undefined), {
    message: 'exactly one of SENDGRID_API_KEY and SMTP_URL must be set',
    // With other settings wrong too, this one is named all the same.
    when: () => true,
  })
