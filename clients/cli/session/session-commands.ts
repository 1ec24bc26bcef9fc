/** `sign-up`, `sign-in`, `whoami` and `token`: who this client speaks for. */
import type { Command } from 'commander'
import { MeDocument } from '#schema/generated/operations.ts'
import { CliError, oneLine } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { emailAddress } from './email-address.ts'
import { readAddress, readNewPassword, readPassword } from './read-credentials.ts'
import { addressOf, type User } from './session.ts'

interface EntryOptions {
  readonly email?: string
  readonly passwordStdin?: boolean
  readonly json?: boolean
}

export function addSessionCommands(program: Command, context: CommandContext): void {
  const { session, signal, run } = context
  const entry = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .option('-e, --email <address>', 'your e-mail address; asked for unless given', emailAddress)
      .option('--password-stdin', 'read the password from standard input; asked for unless given')
      .option('--json', 'print a line of JSON')

  entry('sign-up', 'make an account, and sign in').action(async (options: EntryOptions) => {
    const email = await readAddress(options, context)
    const password = await readNewPassword(options, context)
    welcome(await session.signUp(email, password, signal), options, context)
  })
  entry('sign-in', 'sign in; the session is kept in your configuration folder').action(
    async (options: EntryOptions) => {
      const email = await readAddress(options, context)
      const password = await readPassword(options, context)
      welcome(await session.signIn(email, password, signal), options, context)
    },
  )
  program
    .command('whoami')
    .description('say who is signed in, and where')
    .option('--json', 'print a line of JSON')
    .action(async (options: EntryOptions) => {
      const { me } = await run(MeDocument, {}, signal)
      show(signedIn(me, context), options, context)
    })
  program
    .command('token')
    .description('print an access token for the next ten minutes, for curl or GraphiQL')
    .option('--json', "print it as GraphiQL's Headers tab takes it")
    .action(async ({ json }: EntryOptions) => {
      const token = await session.freshToken(signal)
      context.out.write(`${json ? JSON.stringify({ Authorization: `Bearer ${token}` }) : oneLine(token)}\n`)
    })
}

/** @throws CliError UNAUTHENTICATED where the account is gone. */
export function signedIn<Me>(me: Me | null, { command }: Pick<CommandContext, 'command'>): Me {
  if (me === null) throw new CliError('UNAUTHENTICATED', `Nobody is signed in: ${command} sign-in`)
  return me
}

function welcome(user: User, options: EntryOptions, context: CommandContext): void {
  show(user, options, context)
  const { inboxUrl, out } = context
  const where = inboxUrl === undefined ? '' : ` (it is at ${inboxUrl})`
  if (!user.emailVerified && !options.json)
    out.write(
      `This address is not confirmed yet. Follow the link in the mail that came when you signed up${where}, and you get ` +
        `links to your MP3s by e-mail. To have it sent again: ${context.command} verify\n`,
    )
}

function show(user: User, { json }: EntryOptions, { out, origin }: CommandContext): void {
  const { email, emailVerified } = user
  out.write(
    json
      ? `${JSON.stringify({ email, emailVerified, url: origin })}\n`
      : `Signed in as ${addressOf(user)} at ${origin}\n`,
  )
}
