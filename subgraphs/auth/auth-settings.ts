/** The auth subgraph's settings. */
import * as z from 'zod'
import { commonSettings, listeningSettings, setting } from '#runtime/process/settings.ts'
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
})

export type AuthSettings = z.infer<typeof authSettings>
