/** `npm start`: sets up what is missing, runs Earshot until it is interrupted, and converts what it was given. */
import { join, relative } from 'node:path'
import { convertFiles, planConversion, type ConvertOptions } from '#infra/local/client/convert-files.ts'
import { ensureLocalUser, localEmail } from '#infra/local/client/local-user.ts'
import { signedInUser, type SignedInUser } from '#infra/local/client/signed-in-user.ts'
import { runCli } from '#infra/local/client/run-cli.ts'
import { makeSampleVideo } from '#infra/local/client/sample-video.ts'
import { setUp, type Machine } from '#infra/local/machine/set-up.ts'
import { createSteps } from '#infra/local/machine/steps.ts'
import { listenForInterruption } from '#infra/local/processes/listen-for-interruption.ts'
import { killRecorded } from '#infra/local/processes/stale-processes.ts'
import { startSystem, type System } from '#infra/local/system/system.ts'
import { callerDirectory, localDirectory } from './folders.ts'
import { parseStartArguments, startHelp, type StartArguments } from './start-arguments.ts'

/** Resolves with the exit code. */
export async function start(args: readonly string[]): Promise<number> {
  const wanted = parseStartArguments(args, process.env)
  // What a program reads has standard output to itself.
  const stream = wanted.convert.includes('--json') ? process.stderr : process.stdout
  const say = (line: string) => void stream.write(`${line}\n`)
  using interruption = listenForInterruption(
    () => say('\nStopping everything (Ctrl-C again to stop at once)'),
    () => {
      killRecorded(localDirectory)
      process.exit(130)
    },
  )
  const { signal } = interruption
  const options = { directory: localDirectory, cwd: callerDirectory(), signal, say, stream }
  try {
    if (wanted.version) return (await runOffline(['--version'], options)).code
    return wanted.help ? await help(options) : await run(wanted, options)
  } catch (error) {
    if (signal.aborted) return 0
    throw error
  }
}

interface StartOptions extends ConvertOptions {
  readonly stream: NodeJS.WritableStream
}

/** What the client does by itself, without an Earshot to speak to. */
const runOffline = (args: readonly string[], options: ConvertOptions) =>
  runCli(args, { publicUrl: 'http://127.0.0.1', ...options })

async function help(options: ConvertOptions): Promise<number> {
  options.say(startHelp)
  return (await runOffline(['help', 'convert'], options)).code
}

async function run({ convert, sample, exit }: StartArguments, options: StartOptions): Promise<number> {
  const { signal, say, stream } = options
  const startedAt = performance.now()
  // A word that the client does not understand is told before the machine is set up.
  const early = convert.length > 0 && !sample ? await planConversion(convert, options) : undefined
  if (early === usageExitCode) process.stderr.write(`${usage}\n`)
  if (typeof early === 'number') return early
  const isDryRun = convert.includes('--dry-run')
  if (isDryRun && !sample) return await dryRun(convert, options)
  const machine = await setUp({ env: process.env, steps: createSteps(stream) })
  signal.throwIfAborted()
  const args = sample ? [await bringSample(machine, signal), ...convert] : convert
  const plan = sample ? await planConversion(args, options) : early
  if (typeof plan === 'number') return plan
  if (isDryRun) return await dryRun(args, options)
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
  const user = await signedInUser(system, options)
  say(
    `Earshot is up after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.\n\n${addresses(system, user)}\n`,
  )
  const code = plan === undefined ? 0 : await convertFiles(args, plan, { ...system, user }, options)
  if (exit) return code
  say(`${plan === undefined ? nextSteps : ''}Ctrl-C stops everything.`)
  await interrupted(signal)
  return code
}

async function dryRun(args: readonly string[], options: ConvertOptions): Promise<number> {
  return (await runOffline(['convert', ...args], options)).code
}

async function bringSample({ ffmpegPath }: Machine, signal: AbortSignal): Promise<string> {
  const file = join(localDirectory, 'earshot-sample.mp4')
  await makeSampleVideo(ffmpegPath, file, signal)
  return relative(callerDirectory(), file)
}

/** Undefined leads to an inbox on this machine. */
function mailSettings(): Record<string, string> | undefined {
  const { SENDGRID_API_KEY, SMTP_URL } = process.env
  if (SENDGRID_API_KEY !== undefined) return { SENDGRID_API_KEY }
  return SMTP_URL === undefined ? undefined : { SMTP_URL }
}

function addresses({ publicUrl, inboxUrl }: System, { email }: SignedInUser): string {
  const lines = [
    ['GraphQL API', `${publicUrl}/graphql`, 'in a browser: GraphiQL'],
    ...(inboxUrl === undefined ? [] : [['Inbox', inboxUrl, 'shows every e-mail that Earshot sends']]),
    [
      'Signed in as',
      email,
      email === localEmail ? 'password: npm run earshot -- local-user' : 'since you signed in yourself',
    ],
    ['Logs', join(relative(callerDirectory(), localDirectory), 'log'), 'a file for each process'],
  ]
  return lines.map(([what, where, note]) => `  ${what!.padEnd(13)} ${where!.padEnd(30)} (${note})`).join('\n')
}

/** Of the client, where it does not understand its arguments. */
const usageExitCode = 2
const usage = 'Name a file (npm start -- talk.mp4), or use --sample; npm start -- --help shows every option.'

const nextSteps = `Next, in another terminal:
  npm run earshot -- convert talk.mp4
  npm run earshot -- help

`

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
