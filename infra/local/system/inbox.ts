/** An SMTP server that keeps every mail and shows it on a page: maildev, on loopback alone. */
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connects } from '#infra/local/processes/connects.ts'
import { startProcess, type OwnedProcess } from '#infra/local/processes/owned-process.ts'
import type { PortBook } from '#infra/local/processes/ports.ts'
import { untilAnswers } from '#infra/local/processes/until-answers.ts'

export interface InboxOptions {
  readonly directory: string
  readonly ports: PortBook
  readonly signal?: AbortSignal | undefined
}

export interface Mail {
  readonly id: string
  readonly subject: string
  readonly text?: string
  readonly html?: string
  /** When it arrived, ISO 8601. */
  readonly time: string
  readonly to: readonly { readonly address: string }[]
}

export interface Inbox extends AsyncDisposable {
  readonly smtpUrl: string
  /** The page for people. */
  readonly url: string
  readonly pid: number
  readonly process: OwnedProcess
  /** Every mail to the address, oldest first. */
  mailsTo(address: string, signal?: AbortSignal): Promise<Mail[]>
}

const program = fileURLToPath(new URL('bin/maildev.js', import.meta.resolve('maildev')))
const keptMails = 500

export async function startInbox({ directory, ports, signal }: InboxOptions): Promise<Inbox> {
  const smtpPort = await ports.claim('smtp')
  const webPort = await ports.claim('inbox')
  const url = `http://127.0.0.1:${webPort}`
  const network = [
    '--ip',
    '127.0.0.1',
    '--smtp',
    `${smtpPort}`,
    '--web-ip',
    '127.0.0.1',
    '--web',
    `${webPort}`,
  ]
  // Mails hold tokens.
  const mails = join(directory, 'mails')
  await mkdir(mails, { recursive: true, mode: 0o700 })
  await chmod(mails, 0o700)
  const store = ['--mail-directory', mails, '--max-emails', String(keptMails)]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MAILDEV_')))
  const args = [program, ...network, ...store]
  await using started = new AsyncDisposableStack()
  // It looks for a configuration file from its working folder upwards.
  const server = started.use(
    await startProcess({ name: 'inbox', command: process.execPath, args, env, directory, cwd: directory }),
  )
  const answers = async () => (await connects(smtpPort)) && (await connects(webPort))
  await untilAnswers(server, 'the inbox', answers, { withinMs: 180_000, signal })
  const owned = started.move()
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    url: `${url}/`,
    pid: server.pid,
    process: server,
    mailsTo: (address, mailSignal) => mailsTo(url, address, mailSignal),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

export async function mailsTo(
  url: string,
  address: string,
  signal: AbortSignal | undefined,
): Promise<Mail[]> {
  const response = await fetch(`${url}/api/email?sort=asc`, { signal: signal ?? null })
  if (!response.ok) throw new Error(`The inbox answered ${response.status}`)
  const mails = (await response.json()) as Mail[]
  return mails.filter((mail) => mail.to.some((recipient) => recipient.address === address))
}
