/** Asks auth for a user's address when a mail is about to be sent: addresses are kept nowhere else. */
import * as z from 'zod'
import type { RotatingKeys } from '#runtime/process/settings.ts'
import { assertionHeader, signAssertion } from '#runtime/tokens/assertion.ts'

export interface Recipient {
  readonly email: string
  readonly emailVerified: boolean
}

export interface UnprovenRecipient extends Recipient {
  /** Proves the address when it comes back. */
  readonly emailVerificationToken: string
}

export interface ResettingRecipient extends Recipient {
  /** Sets a new password when it comes back. */
  readonly passwordResetToken: string
}

export interface Recipients {
  /** Null when there is no such user any more, or a guest, who has no address. @throws Error when auth cannot be asked. */
  ask(userId: string, requestId: string | undefined): Promise<Recipient | null>
  askWithToken(userId: string, requestId: string | undefined): Promise<UnprovenRecipient | null>
  /** Each time with a new token. */
  askWithReset(userId: string, requestId: string | undefined): Promise<ResettingRecipient | null>
}

export interface RecipientsDependencies {
  readonly authUrl: string
  readonly keys: RotatingKeys
  readonly timeoutMs?: number
}

const recipientSchema = z.object({ email: z.string().min(3), emailVerified: z.boolean() })
const unprovenSchema = recipientSchema.extend({ emailVerificationToken: z.string().min(1) })

const resettingSchema = recipientSchema.extend({ passwordResetToken: z.string().min(1) })

const guestSchema = z.object({ email: z.null() })

const queryFor = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${fields} } } }`

export function createRecipients({ authUrl, keys, timeoutMs = 5_000 }: RecipientsDependencies): Recipients {
  const ask = async <T>(
    fields: string,
    schema: z.ZodType<T>,
    userId: string,
    requestId: string | undefined,
  ) => {
    const variables = { representations: [{ __typename: 'User', id: userId }] }
    const body = JSON.stringify({ query: queryFor(fields), variables })
    const response = await fetch(`${authUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [assertionHeader]: signAssertion({ caller: 'mailer', subgraph: 'auth', body, userToken: '' }, keys),
        ...(requestId !== undefined && { 'x-request-id': requestId }),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return readEntity(response.status, await response.text(), schema)
  }
  return {
    ask: (userId, requestId) => ask('email emailVerified', recipientSchema, userId, requestId),
    askWithToken: (userId, requestId) =>
      ask('email emailVerified emailVerificationToken', unprovenSchema, userId, requestId),
    askWithReset: (userId, requestId) =>
      ask('email emailVerified passwordResetToken', resettingSchema, userId, requestId),
  }
}

const answerSchema = z.object({
  data: z.object({ _entities: z.array(z.unknown()) }).nullish(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }).partial().optional() })).optional(),
})

function readEntity<T>(status: number, text: string, schema: z.ZodType<T>): T | null {
  const answer = answerSchema.safeParse(parseJson(text))
  if (!answer.success) throw new Error(`auth answered ${status} without a GraphQL result`)
  const codes = answer.data.errors?.map((error) => error.extensions?.code ?? 'UNKNOWN') ?? []
  if (codes.length > 0) {
    if (codes.every((code) => code === 'NOT_FOUND')) return null
    throw new Error(`auth refused to name a recipient: ${codes.join(', ')}`)
  }
  const entity = answer.data.data?._entities[0]
  const isNobody = entity === null || entity === undefined || guestSchema.safeParse(entity).success
  return isNobody ? null : schema.parse(entity)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
