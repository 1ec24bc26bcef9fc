/** What the doctor reads from its environment: as much of the processes' settings as it is given. */
import * as z from 'zod'
import { mailerSettings } from '#mailer/mailer-settings.ts'
import { ffmpegSettings } from '#runtime/ffmpeg/ffmpeg-settings.ts'
import { commonSettings, setting } from '#runtime/process/settings.ts'

const { MAIL_FROM, SMTP_URL, SENDGRID_API_KEY } = mailerSettings.shape

export const doctorSettings = z.object({
  NODE_ENV: commonSettings.NODE_ENV,
  ALLOW_INSECURE: commonSettings.ALLOW_INSECURE,
  PUBLIC_URL: setting.origin.optional(),
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  MAIL_FROM: MAIL_FROM.optional(),
  SMTP_URL,
  SENDGRID_API_KEY,
  ...ffmpegSettings,
})

export type DoctorSettings = z.infer<typeof doctorSettings>
