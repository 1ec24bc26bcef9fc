/** Makes the user of this checkout through the public API, and proves the address by the mail in the inbox. */
import type { Inbox } from '#infra/local/system/inbox.ts'
import type { System } from '#infra/local/system/system.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

export const localEmail = 'you@earshot.local'

interface SessionReply {
  readonly session: { readonly accessToken: string; readonly user: { readonly emailVerified: boolean } }
}

interface GraphqlReply<Reply> {
  readonly data?: { readonly reply: Reply } | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

interface ApiError extends Error {
  readonly code?: string
}

const session = 'session { accessToken user { emailVerified } }'
const signIn = `mutation SignInLocally($input: SignInInput!) { reply: signIn(input: $input) { ${session} } }`
const signUp = `mutation SignUpLocally($input: SignUpInput!) { reply: signUp(input: $input) { ${session} } }`
const verifyEmail = `mutation VerifyLocally($input: VerifyEmailInput!) {
  reply: verifyEmail(input: $input) { user { emailVerified } }
}`

/** Safe to call at every start. Where mails go elsewhere the address stays unverified until its owner follows the link. */
export async function ensureLocalUser(
  { publicUrl, inbox, userPassword }: System,
  signal: AbortSignal,
): Promise<void> {
  const input = { email: localEmail, password: userPassword }
  const { user } = (await openSession(publicUrl, input, signal)).session
  if (user.emailVerified || inbox === undefined) return
  const read = () => newestToken(inbox, publicUrl, signal)
  const what = 'the mail that verifies the local user has arrived'
  const token = await waitUntil(what, read, { withinMs: 60_000, everyMs: 200, signal })
  await call(publicUrl, verifyEmail, { token, password: userPassword }, signal)
}

/** Nobody has the address at the first start, so a refused sign-in is answered by a sign-up. */
async function openSession(publicUrl: string, input: object, signal: AbortSignal): Promise<SessionReply> {
  try {
    return await call<SessionReply>(publicUrl, signIn, input, signal)
  } catch (refused) {
    return call<SessionReply>(publicUrl, signUp, input, signal).catch((error: ApiError) => {
      throw error.code === 'EMAIL_TAKEN' ? refused : error
    })
  }
}

async function newestToken(
  inbox: Inbox,
  publicUrl: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const link = new RegExp(`${RegExp.escape(publicUrl)}/verify-email#token=([\\w.~%-]+)`)
  const mails = await inbox.mailsTo(localEmail, signal)
  const matches = mails.map((mail) => link.exec(mail.text ?? mail.html ?? '')?.[1])
  const token = matches.findLast((match) => match !== undefined)
  return token === undefined ? undefined : decodeURIComponent(token)
}

async function call<Reply>(
  publicUrl: string,
  query: string,
  input: object,
  signal: AbortSignal,
): Promise<Reply> {
  const response = await fetch(`${publicUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
    signal,
  })
  const { data, errors } = (await response.json()) as GraphqlReply<Reply>
  const [error] = errors ?? []
  if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.extensions?.code })
  if (data?.reply === undefined) throw new Error(`The API answered ${response.status} without data`)
  return data.reply
}
