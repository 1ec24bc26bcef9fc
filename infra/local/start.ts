/** `npm start`: sets up what is missing, runs Earshot until it is interrupted, and converts the files it was given. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { convertFiles } from '#infra/local/client/convert-files.ts'
import { listenForInterruption } from '#infra/local/processes/interruption.ts'
import { callerDirectory, localDirectory } from './layout.ts'
import { ensureLocalUser, localEmail } from '#infra/local/client/local-user.ts'
import { runCli } from '#infra/local/client/run-cli.ts'
import { setUp } from '#infra/local/machine/set-up.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'
import { killRecorded } from '#infra/local/processes/stale-processes.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { startSystem, type System } from '#infra/local/system/system.ts'

/** Resolves with the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  const { files, exit } = parse(args)
  const startedAt = performance.now()
  const say = (line: string) => void process.stdout.write(`${line}\n`)
  using interruption = listenForInterruption(
    () => say('\nStopping everything (Ctrl-C again to stop at once)'),
    () => {
      killRecorded(localDirectory)
      process.exit(130)
    },
  )
  const { signal } = interruption
  try {
    const machine = await setUp({ env: process.env, steps: createSteps(process.stdout) })
    signal.throwIfAborted()
    say('Starting Earshot')
    await using system = await startSystem({
      directory: localDirectory,
      machine,
      signal,
      rabbitmqUrl: process.env['RABBITMQ_URL'],
      mail: mailSettings(),
      report: (line) => void process.stderr.write(`${line}\n`),
    })
    await ensureLocalUser(system, signal)
    await logIn(system, signal)
    say(describe(system, startedAt))
    let code = 0
    if (files.length > 0) code = await convertFiles(files, system, { directory: localDirectory, signal, say })
    else say(`Next:   npm run earshot -- convert talk.mp4`)
    if (exit) return code
    say('Ctrl-C stops everything.')
    await interrupted(signal)
    return code
  } catch (error) {
    if (signal.aborted) return 0
    throw error
  }
}

function parse(args: readonly string[]): { files: string[]; exit: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { exit: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const files = positionals.map((file) => resolve(callerDirectory(), file))
  const missing = files.find((file) => !existsSync(file))
  if (missing !== undefined) throw new SetUpError(`There is no file ${missing}`)
  if (values.exit && files.length === 0) throw new SetUpError('--exit needs a file to convert')
  return { files, exit: values.exit }
}

/** Undefined leads to an inbox on this machine. */
function mailSettings(): Record<string, string> | undefined {
  const { SENDGRID_API_KEY, SMTP_URL } = process.env
  if (SENDGRID_API_KEY !== undefined) return { SENDGRID_API_KEY }
  return SMTP_URL === undefined ? undefined : { SMTP_URL }
}

async function logIn({ publicUrl, userPassword }: System, signal: AbortSignal): Promise<void> {
  const args = ['login', '--email', localEmail, '--password-stdin']
  const options = { publicUrl, directory: localDirectory, cwd: callerDirectory(), signal, quiet: true }
  const code = await runCli(args, { ...options, input: `${userPassword}\n` })
  if (code !== 0) throw new Error('The command-line client could not sign in')
}

function describe({ publicUrl, inboxUrl }: System, startedAt: number): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const lines = [`Earshot is up after ${seconds} s.`, `API:    ${publicUrl}/graphql`]
  if (inboxUrl !== undefined) lines.push(`Inbox:  ${inboxUrl}`)
  return lines.join('\n')
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolveWait) => {
    if (signal.aborted) resolveWait()
    else signal.addEventListener('abort', () => resolveWait(), { once: true })
  })
}
