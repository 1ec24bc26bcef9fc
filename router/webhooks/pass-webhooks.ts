/** Passes on to the mailer what SendGrid tells of mails, and nothing else: the mailer checks SendGrid's signature. */
import type { FastifyInstance } from 'fastify'
import { byteErrorBody, sendByteError } from '#runtime/byte-error.ts'
import { DomainError } from '#runtime/domain-error.ts'
import type { ClientAddressOf } from '#runtime/network/client-address.ts'
import type { Logger } from '#runtime/process/log.ts'
import { addPassThrough } from '#runtime/process/pass-through.ts'
import type { ChargeClient } from '#router/throttle/charge-client.ts'

export interface WebhookDependencies {
  /** The mailer's. */
  readonly origin: string
  readonly clientAddressOf: ClientAddressOf
  readonly charge: Pick<ChargeClient, 'address'>
  readonly log: Logger
}

/** Anybody may send what nobody signed; the mailer reads it whole, and checks it. */
const requestCost = 50

const path = '/webhooks/sendgrid'

/** While the mailer is away it answers 503: SendGrid sends again what was not taken. */
export async function passWebhooks(
  http: FastifyInstance,
  { origin, clientAddressOf, charge, log }: WebhookDependencies,
): Promise<AsyncDisposable> {
  return await addPassThrough(http, {
    routes: [{ prefix: path, origin }],
    refuse: ({ method, url, raw }, reply) => {
      const isKnown = url === path
      const refusal = isKnown
        ? charge.address(clientAddressOf(raw), requestCost)
        : new DomainError('NOT_FOUND')
      if (refusal === null && method === 'POST') return false
      if (refusal === null) {
        const wrong = byteErrorBody(new DomainError('BAD_REQUEST', 'Send POST here.'))
        void reply.code(405).header('allow', 'POST').send(wrong)
        return true
      }
      sendByteError(reply, refusal)
      return true
    },
    log,
  })
}
