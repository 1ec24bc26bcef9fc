/** The mailer's own settings. */
import * as z from 'zod'
import addressparser from 'nodemailer/lib/addressparser'
import { commonSettings, setting } from '#runtime/process/settings.ts'

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

export const mailerSettings = z
  .object({
    ...commonSettings,
    MONGODB_URL: setting.mongodbUrl,
    RABBITMQ_URL: setting.rabbitmqUrl,
    AUTH_URL: setting.origin,
    MAILER_AUTH_KEY: setting.rotatingKeys,
    LINK_KEYS: setting.rotatingKeys,
    MAIL_FROM: address,
    SENDGRID_API_KEY: z.string().optional(),
    SMTP_URL: setting.smtpUrl.optional(),
  })
  .refine((settings) => (settings.SENDGRID_API_KEY === undefined) !== (settings.SMTP_URL === undefined), {
    message: 'exactly one of SENDGRID_API_KEY and SMTP_URL must be set',
    // With other settings wrong too, this one is named all the same.
    when: () => true,
  })
