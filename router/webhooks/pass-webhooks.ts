/** Passes on to the mailer what SendGrid tells of mails, and nothing else: the mailer checks SendGrid's signature. */
import type { FastifyInstance } from 'fastify'
import { sendByteError } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough } from '#runtime/process/pass-through.ts'

export interface WebhookDependencies {
  /** The mailer's. */
  readonly origin: string
  readonly log: Logger
}

const path = '/webhooks/sendgrid'

/** While the mailer is away it answers 503: SendGrid sends again what was not taken. */
export async function passWebhooks(
  http: FastifyInstance,
  { origin, log }: WebhookDependencies,
): Promise<AsyncDisposable> {
  return await addPassThrough(http, {
    routes: [{ prefix: path, origin }],
    refuse: ({ method, url }, reply) => {
      if (method === 'POST' && url === path) return false
      sendByteError(reply, new DomainError('NOT_FOUND'))
      return true
    },
    log,
  })
}
