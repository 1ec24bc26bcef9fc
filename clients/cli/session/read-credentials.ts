/** Reads addresses, passwords and tokens: from the keyboard, passwords without showing them, or from standard input. */
import { text } from 'node:stream/consumers'
import { UsageError } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { emailAddress } from './email-address.ts'
import { Interrupted } from '#cli/interruption.ts'

type Keyboard = Pick<CommandContext, 'keyboard' | 'terminal' | 'signal' | 'origin'>

interface Given {
  readonly email?: string
  readonly passwordStdin?: boolean
}

/** @throws UsageError where there is no keyboard to ask at, or no address is typed. */
export async function readAddress({ email, passwordStdin }: Given, at: Keyboard): Promise<string> {
  if (email !== undefined) return email
  if (passwordStdin || !at.keyboard.isTTY) throw new UsageError('Say whose account: use --email.')
  const typed = (await ask('E-mail: ', at)).trim()
  try {
    return emailAddress(typed)
  } catch {
    throw new UsageError('That is not an e-mail address.')
  }
}

/** @throws UsageError where there is no keyboard to ask at, or no password is typed. */
export async function readPassword({ passwordStdin }: Given, at: Keyboard): Promise<string> {
  warnWhereReadable(at)
  // A line's end after it is none of it.
  const password = passwordStdin
    ? (await text(at.keyboard)).replace(/\r?\n$/, '')
    : await askUnseen('Password: ', at)
  return notEmpty(password)
}

/** Asks twice, as nobody sees what is typed. */
export async function readNewPassword(given: Given, at: Keyboard): Promise<string> {
  const password = await readPassword(given, at)
  return given.passwordStdin ? password : await repeated(password, at)
}

/** From standard input a line each: the one until now, then the new one. */
export async function readPasswordChange({ passwordStdin }: Given, at: Keyboard) {
  warnWhereReadable(at)
  if (passwordStdin) {
    const [currentPassword = '', newPassword = ''] = (await text(at.keyboard)).split(/\r?\n/)
    return { currentPassword: notEmpty(currentPassword), newPassword: notEmpty(newPassword) }
  }
  const currentPassword = notEmpty(await askUnseen('Password until now: ', at))
  const newPassword = notEmpty(await askUnseen('New password: ', at))
  return { currentPassword, newPassword: await repeated(newPassword, at) }
}

/** Null where there is no keyboard to ask at, or nothing is typed. */
export async function readToken({ passwordStdin }: Given, at: Keyboard): Promise<string | null> {
  if (passwordStdin || !at.keyboard.isTTY) return null
  const typed = (await ask('The link in the mail, or Enter to leave it for later: ', at)).trim()
  return typed === '' ? null : tokenOf(typed)
}

/** Of a mail's whole link, or as it is. */
export const tokenOf = (typed: string): string =>
  new URLSearchParams(typed.split('#')[1]).get('token') ?? typed

async function repeated(password: string, at: Keyboard): Promise<string> {
  if ((await askUnseen('Once more: ', at)) !== password)
    throw new UsageError('The two passwords are not the same.')
  return password
}

function notEmpty(password: string): string {
  if (password === '') throw new UsageError('The password is empty.')
  return password
}

function warnWhereReadable({ origin, terminal }: Keyboard): void {
  if (isReadableOnItsWay(origin))
    terminal.write(`Warning: ${origin} is not https. Whoever is on the way there can read the password.\n`)
}

/** What is sent to this machine itself crosses no network. */
function isReadableOnItsWay(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'http:' && !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

async function askUnseen(question: string, at: Keyboard): Promise<string> {
  const { keyboard, terminal } = at
  if (!keyboard.isTTY)
    throw new UsageError('There is no terminal to ask for the password: use --password-stdin.')
  keyboard.setRawMode(true)
  try {
    return await ask(question, at)
  } finally {
    keyboard.setRawMode(false)
    terminal.write('\n')
  }
}

async function ask(question: string, { keyboard, terminal, signal }: Keyboard): Promise<string> {
  terminal.write(question)
  keyboard.setEncoding('utf8')
  const stop = () => keyboard.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await lineOf(keyboard.iterator({ destroyOnReturn: false }) as AsyncIterable<string>)
  } finally {
    signal.removeEventListener('abort', stop)
    keyboard.pause()
  }
}

/** One key comes at a time where the terminal is raw, else a line. */
async function lineOf(keyboard: AsyncIterable<string>): Promise<string> {
  const typed: string[] = []
  for await (const keys of keyboard) {
    for (const key of keys) {
      if (key === '\r' || key === '\n' || key === '\u0004') return typed.join('')
      if (key === '\u0003') throw new Interrupted('SIGINT')
      if (key === '\u007F' || key === '\b') typed.pop()
      else if (key >= ' ') typed.push(key)
    }
  }
  return typed.join('')
}
