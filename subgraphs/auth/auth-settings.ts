/** The auth subgraph's settings. */
import * as z from 'zod'
import { commonSettings, listeningSettings, setting } from '#runtime/process/settings.ts'
import { rateSetting } from '#runtime/throttle/rate.ts'
import { parseSigningKeys } from '#auth/keys/signing-keys.ts'

const signingKeys = z.string().transform((value, context) => {
  try {
    return parseSigningKeys(value)
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a JSON array of private Ed25519 JWKs, each with a kid of its own',
    })
    return z.NEVER
  }
})

export const authSettings = z.object({
  ...commonSettings,
  ...listeningSettings,
  MONGODB_URL: setting.mongodbUrl,
  RABBITMQ_URL: setting.rabbitmqUrl,
  /** The first signs, all are published: add a new key last, and move it first once every verifier has seen it. */
  AUTH_SIGNING_KEYS: signingKeys,
  ROUTER_AUTH_KEY: setting.rotatingKeys,
  MAILER_AUTH_KEY: setting.rotatingKeys,
  /**
   * Wrong passwords for one account from one block of addresses; for one from all blocks it is not known from; from one network
   * for all that are not known there; sign-ins from one block.
   */
  SIGN_IN_PAIR_RATE: rateSetting.prefault('10/15m'),
  SIGN_IN_ACCOUNT_RATE: rateSetting.prefault('100/h'),
  SIGN_IN_NETWORK_RATE: rateSetting.prefault('1000/15m'),
  SIGN_IN_ADDRESS_RATE: rateSetting.prefault('100/15m'),
  /** New accounts from one network (an IPv4 /24, an IPv6 /48). */
  SIGN_UP_NETWORK_RATE: rateSetting.prefault('20/h'),
  /** New guests from one block of addresses, and from one network. */
  GUEST_ADDRESS_RATE: rateSetting.prefault('30/h'),
  GUEST_NETWORK_RATE: rateSetting.prefault('200/h'),
  /** A guest that does not come back for so long is removed. */
  GUEST_DAYS: setting.count.default(7),
  /** Mails to verify an address or reset a password: for one account, and from one network. */
  MAIL_REQUEST_ACCOUNT_RATE: rateSetting.prefault('10/h'),
  MAIL_REQUEST_NETWORK_RATE: rateSetting.prefault('30/h'),
  /** Refreshes of one session. */
  REFRESH_RATE: rateSetting.prefault('60/10m'),
  /** Beyond this the oldest session of a user ends. */
  SESSIONS_PER_USER: setting.count.default(100),
  /** How many may wait for their password to be checked, by turns of their networks. */
  PASSWORD_QUEUE: setting.count.default(32),
  /** Of all lists of an answer together. */
  ANSWER_ITEMS: setting.answerItems,
})

export type AuthSettings = z.infer<typeof authSettings>
