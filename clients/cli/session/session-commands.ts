/** `earshot login` and `logout`. */
import type { ReadStream } from 'node:tty'
import { UsageError } from '#cli/cli-error.ts'
import { passwordFromInput, passwordFromKeyboard } from './read-password.ts'
import type { Session } from './session.ts'

export interface LoginOptions {
  readonly email: string
  readonly passwordStdin?: boolean
  readonly register?: boolean
}

export interface SessionCommandContext {
  readonly session: Session
  readonly signal: AbortSignal
  readonly keyboard: ReadStream
  readonly out: NodeJS.WritableStream
  readonly terminal: NodeJS.WritableStream
}

/** @throws UsageError without a usable password, CliError when it is refused. */
export async function loginCommand(options: LoginOptions, context: SessionCommandContext): Promise<void> {
  const { session, signal, out } = context
  const password = await readPassword(options, context)
  const enter = options.register ? session.signUp : session.signIn
  const user = await enter(options.email, password, signal)
  out.write(`Signed in as ${user.email}.\n`)
  if (!user.emailVerified)
    out.write(
      'Links to MP3s are mailed once you have followed the link in the mail that asks you to confirm this address.\n',
    )
}

async function readPassword(
  { passwordStdin, register }: LoginOptions,
  { keyboard, terminal }: SessionCommandContext,
): Promise<string> {
  const password = passwordStdin
    ? await passwordFromInput(keyboard)
    : await passwordFromKeyboard('Password: ', keyboard, terminal)
  if (password === '') throw new UsageError('The password is empty.')
  if (
    register &&
    !passwordStdin &&
    (await passwordFromKeyboard('Once more: ', keyboard, terminal)) !== password
  ) {
    throw new UsageError('The two passwords are not the same.')
  }
  return password
}

export async function logoutCommand({ session, signal, out }: SessionCommandContext): Promise<void> {
  const email = await session.signOut(signal)
  out.write(email === null ? 'Nobody was signed in.\n' : `Signed out ${email}.\n`)
}
