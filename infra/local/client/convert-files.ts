/** Converts files by the command-line client, then names the mails that came of it. */
import type { Inbox } from '#infra/local/system/inbox.ts'
import { runCli } from './run-cli.ts'
import type { SignedInUser } from './signed-in-user.ts'
import type { System } from '#infra/local/system/system.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

export interface ConvertOptions {
  readonly directory: string
  /** Where the MP3s go, and from where the paths of the files are read. */
  readonly cwd: string
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

export interface Plan {
  readonly files: number
}

/**
 * Has the client look at its arguments before anything is started.
 * @param args Files and options of `earshot convert`.
 * @returns the client's exit code where it refuses them; it has said why.
 */
export async function planConversion(
  args: readonly string[],
  { directory, cwd, signal }: Omit<ConvertOptions, 'say'>,
): Promise<Plan | number> {
  const options = { publicUrl: 'http://127.0.0.1', directory, cwd, signal, captured: true }
  const { code, stdout } = await runCli(['convert', '--dry-run', '--json', ...args], options)
  signal.throwIfAborted()
  return code === 0 ? { files: stdout.trimEnd().split('\n').length } : code
}

/** Resolves with 0 when every file is an MP3 now, else with 1. */
export async function convertFiles(
  args: readonly string[],
  plan: Plan,
  { publicUrl, inbox, user }: Pick<System, 'publicUrl' | 'inbox'> & { readonly user: SignedInUser },
  options: ConvertOptions,
): Promise<number> {
  const { signal, say } = options
  const before = new Set((await inbox?.mailsTo(user.email, signal))?.map((mail) => mail.id))
  const { code } = await runCli(['convert', ...args], { publicUrl, ...options })
  signal.throwIfAborted()
  if (code !== 0) {
    say('Not everything became an MP3: the reason stands above.')
    return 1
  }
  if (inbox !== undefined && user.emailVerified)
    await nameMails({ inbox, email: user.email, before, expected: plan.files }, options)
  return 0
}

interface ExpectedMails {
  readonly inbox: Inbox
  readonly email: string
  /** The ids of those that came earlier. */
  readonly before: ReadonlySet<string>
  readonly expected: number
}

async function nameMails(
  { inbox, email, before, expected }: ExpectedMails,
  { signal, say }: ConvertOptions,
): Promise<void> {
  const arrived = async () => {
    const mails = (await inbox.mailsTo(email, signal)).filter((mail) => !before.has(mail.id))
    return mails.length >= expected ? mails : undefined
  }
  const mails = await waitUntil('the inbox has the mails about the conversions', arrived, {
    everyMs: 200,
    signal,
  }).catch(() => [])
  signal.throwIfAborted()
  for (const mail of mails) say(`E-mail: "${mail.subject}" is in the inbox, ${inbox.url}`)
  if (mails.length === 0) say(`E-mail: not there yet; it will come to ${inbox.url}`)
}
