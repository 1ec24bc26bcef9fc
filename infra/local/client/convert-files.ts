/** Converts files by the command-line client, then names the mails that came of it. */
import { basename } from 'node:path'
import type { Inbox } from '#infra/local/system/inbox.ts'
import { callerDirectory } from '#infra/local/layout.ts'
import { localEmail } from './local-user.ts'
import { runCli } from './run-cli.ts'
import type { System } from '#infra/local/system/system.ts'
import { waitUntil } from '#runtime/process/wait-until.ts'

export interface ConvertOptions {
  readonly directory: string
  readonly signal: AbortSignal
  readonly say: (line: string) => void
}

/** Resolves with 0 when every file is an MP3 now, else with 1. */
export async function convertFiles(
  files: readonly string[],
  system: System,
  options: ConvertOptions,
): Promise<number> {
  const { directory, signal, say } = options
  const { publicUrl, inbox } = system
  const before = new Set((await inbox?.mailsTo(localEmail, signal))?.map((mail) => mail.id))
  const cwd = callerDirectory()
  // Called again, it renews what it wrote before.
  const code = await runCli(['convert', '--force', ...files], { publicUrl, directory, cwd, signal })
  signal.throwIfAborted()
  if (code !== 0) {
    const names = files.map((file) => basename(file)).join(', ')
    say(`The conversion of ${names} failed: the reason stands above.`)
    return 1
  }
  if (inbox !== undefined) await nameMails(inbox, before, files.length, options)
  return 0
}

async function nameMails(
  inbox: Inbox,
  before: ReadonlySet<string>,
  expected: number,
  { signal, say }: ConvertOptions,
): Promise<void> {
  const arrived = async () => {
    const mails = (await inbox.mailsTo(localEmail, signal)).filter((mail) => !before.has(mail.id))
    return mails.length >= expected && mails
  }
  const patience = { withinMs: 30_000, everyMs: 200, signal }
  const mails = await waitUntil('the mail about the conversion has arrived', arrived, patience).catch(
    () => [],
  )
  signal.throwIfAborted()
  for (const mail of mails) say(`E-mail: "${mail.subject}" in the inbox, ${inbox.url}`)
  if (mails.length === 0) say(`E-mail: not there yet; it will come to ${inbox.url}`)
}
