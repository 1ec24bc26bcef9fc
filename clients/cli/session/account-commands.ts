/** `verify`, `reset-password` and `change-password`: what an account's owner does by its inbox or by its password. */
import type { Command } from 'commander'
import {
  ChangePasswordDocument,
  MeDocument,
  RequestEmailVerificationDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  VerifyEmailDocument,
} from '#schema/generated/operations.ts'
import { CliError, UsageError } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { emailAddress } from './email-address.ts'
import { readNewPassword, readPassword, readPasswordChange, readToken, tokenOf } from './read-credentials.ts'
import { addressOf } from './session.ts'
import { signedIn } from './session-commands.ts'

interface AccountOptions {
  readonly token?: string
  readonly passwordStdin?: boolean
}

export function addAccountCommands(program: Command, context: CommandContext): void {
  const { out } = context
  const byMail = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('--token <token>', "the mail's link, or the token in it; no other mail is sent", tokenOf)

  byMail('verify', 'confirm your e-mail address: has the mail sent again, and takes its link')
    .option(
      '--password-stdin',
      "read the account's password from standard input; needed where it is not signed in here",
    )
    .action(async (options: AccountOptions) => {
      const token = options.token ?? (await askForVerification(options, context))
      if (token === null) return
      const user = await verify(token, options, context)
      out.write(`Confirmed ${addressOf(user)}.\n`)
    })
  byMail(
    'reset-password',
    'set a new password where you have forgotten yours, by a link that is mailed to you; an account whose address was never confirmed begins anew, without its files',
  )
    .argument('[email]', 'the address of the account', emailAddress)
    .option('--password-stdin', 'read the new password from standard input; asked for unless given')
    .action(async (email: string | undefined, options: AccountOptions) => {
      const token = options.token ?? (await askForReset(email, options, context))
      if (token === null) return
      const newPassword = await readNewPassword(options, context)
      const { user } = await reset(token, newPassword, context)
      out.write(
        `Set the password of ${addressOf(user)}, and ended all its sessions. Sign in: ${context.command} sign-in\n`,
      )
    })
  program
    .command('change-password')
    .description('set a new password, and end all your other sessions')
    .option(
      '--password-stdin',
      'read the password until now and the new one from standard input, a line each',
    )
    .action(async (options: AccountOptions) => {
      const { user } = await changePassword(options, context)
      out.write(`Changed the password of ${addressOf(user)}, and ended all its other sessions.\n`)
    })
}

/** Has the mail sent; null where its link is left for later, or nothing is left to do. */
async function askForVerification(options: AccountOptions, context: CommandContext): Promise<string | null> {
  const { run, out, signal, command } = context
  const me = signedIn((await run(MeDocument, {}, signal)).me, context)
  if (me.emailVerified) {
    out.write(`${addressOf(me)} is confirmed already.\n`)
    return null
  }
  await run(RequestEmailVerificationDocument, {}, signal)
  out.write(`A mail with a link is on its way to ${addressOf(me)}${inbox(context)}.\n`)
  return await linkOrHint(`${command} verify --token LINK`, options, context)
}

async function askForReset(
  email: string | undefined,
  options: AccountOptions,
  context: CommandContext,
): Promise<string | null> {
  const { send, out, signal, command } = context
  if (email === undefined) throw new UsageError(`Say whose password: ${command} reset-password EMAIL`)
  await send(RequestPasswordResetDocument, { input: { email } }, { signal, repeatable: false })
  out.write(`If ${email} has an account, a mail with a link is on its way${inbox(context)}.\n`)
  return await linkOrHint(`${command} reset-password --token LINK`, options, context)
}

async function linkOrHint(next: string, options: AccountOptions, context: CommandContext) {
  const token = await readToken(options, context)
  if (token === null) context.out.write(`When it is there: ${next}\n`)
  return token
}

const inbox = ({ inboxUrl }: CommandContext) => (inboxUrl === undefined ? '' : ` (see ${inboxUrl})`)

/** By the session here where it is the account's, else by its password. */
async function verify(token: string, options: AccountOptions, context: CommandContext) {
  const { session, send, signal } = context
  try {
    if (!options.passwordStdin) {
      const signedInHere = { signal, token: await session.accessToken(signal) }
      const { verifyEmail } = await send(VerifyEmailDocument, { input: { token } }, signedInHere)
      // Until it is renewed, which it is in a few minutes anyway, the token here says that the address is not confirmed.
      await session.freshToken(signal).catch(() => undefined)
      return verifyEmail.user
    }
  } catch (error) {
    if (!(error instanceof CliError) || !isSignedOut(error)) throw error
  }
  const password = await readPassword(options, context)
  return (await send(VerifyEmailDocument, { input: { token, password } }, { signal })).verifyEmail.user
}

const isSignedOut = ({ code }: CliError) => code === 'UNAUTHENTICATED' || code === 'SESSION_ENDED'

/** Sent once only: after a lost reply the second would find the token used by the first. */
async function reset(token: string, newPassword: string, { send, signal }: CommandContext) {
  const once = { signal, repeatable: false }
  return (await send(ResetPasswordDocument, { input: { token, newPassword } }, once)).resetPassword
}

/** Sent once only: after a lost reply the second would find another password. */
async function changePassword(options: AccountOptions, context: CommandContext) {
  const { session, send, signal } = context
  // Before anything is typed; it may take a while, so that the token for it is another.
  await session.accessToken(signal)
  const input = await readPasswordChange(options, context)
  const token = await session.accessToken(signal)
  return (await send(ChangePasswordDocument, { input }, { signal, token, repeatable: false })).changePassword
}
