/** Who the command-line client speaks for: whoever signed in there before, else the local user. */
import type { System } from '#infra/local/system/system.ts'
import { localEmail } from './local-user.ts'
import { runCli, type CliOptions } from './run-cli.ts'

export interface SignedInUser {
  readonly email: string
  /** Without it no mail is sent about a conversion. */
  readonly emailVerified: boolean
}

type Options = Pick<CliOptions, 'directory' | 'cwd' | 'signal'>

interface WhoAmI extends Partial<SignedInUser> {
  readonly failure?: { readonly code: string }
}

/** A session that is valid is left as it is. The local user must exist. */
export async function signedInUser(
  { publicUrl, userPassword }: Pick<System, 'publicUrl' | 'userPassword'>,
  options: Options,
): Promise<SignedInUser> {
  const cli = { publicUrl, ...options, captured: true }
  const { stdout } = await runCli(['whoami', '--json'], { ...cli, silent: true })
  options.signal.throwIfAborted()
  const { email, emailVerified = false, failure } = JSON.parse(stdout || '{}') as WhoAmI
  if (email !== undefined) return { email, emailVerified }
  if (failure?.code !== 'UNAUTHENTICATED' && failure?.code !== 'SESSION_ENDED')
    throw new Error(
      `The command-line client could not tell who is signed in: ${failure?.code ?? 'no answer'}`,
    )
  const args = ['sign-in', '--email', localEmail, '--password-stdin', '--json']
  const signedIn = await runCli(args, { ...cli, input: `${userPassword}\n` })
  if (signedIn.code !== 0) throw new Error('The command-line client could not sign in')
  return JSON.parse(signedIn.stdout) as SignedInUser
}
