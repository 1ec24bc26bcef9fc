/** The command-line client: everything it does goes through the public API. */
import { CommanderError } from 'commander'
import envPaths from 'env-paths'
import { createApi } from '#cli/api/api.ts'
import { failureOf, plainText, sentenceOf, UsageError } from './cli-error.ts'
import { createCredentialsFile } from '#cli/session/credentials-file.ts'
import { createGraphqlClient } from '#cli/api/graphql-client.ts'
import { abortOnInterruption, Interrupted } from './interruption.ts'
import { createLiveUpdates } from '#cli/api/live-updates.ts'
import { createProgram } from './program.ts'
import { createSession } from '#cli/session/session.ts'

const usageExitCode = 2

/** Whatever a command writes there. */
const out = { write: (text: string) => process.stdout.write(plainText(text)) }

async function main(): Promise<number> {
  const { env } = process
  const command = env['EARSHOT_COMMAND'] || 'earshot'
  const signal = abortOnInterruption()
  let exitCode = 0
  let asJson = false
  try {
    const origin = originOf(env['EARSHOT_URL'] || 'http://127.0.0.1:4000')
    const folder = env['EARSHOT_CONFIG_DIR'] || envPaths('earshot', { suffix: '' }).config
    const send = createGraphqlClient(origin)
    const session = createSession(send, createCredentialsFile(folder, origin), command)
    const run = createApi(send, session)
    const subscribe = createLiveUpdates(origin, session)
    const streams = { out, terminal: process.stderr, keyboard: process.stdin }
    const program = createProgram(
      {
        command,
        origin,
        sessionFolder: folder,
        moreHelp: env['EARSHOT_MORE_HELP'] ?? '',
        inboxUrl: env['EARSHOT_INBOX_URL'],
        session,
        send,
        run,
        subscribe,
        signal,
        ...streams,
      },
      (code) => void (exitCode = code),
    )
    program.hook('preAction', (_, action) => void (asJson = action.opts()['json'] === true))
    await program.parseAsync()
    return exitCode
  } catch (error) {
    return report(error, { asJson, command, signal })
  }
}

function originOf(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return new URL(url).origin
  throw new UsageError('EARSHOT_URL must be an address that starts with http:// or https://.')
}

interface ReportOptions {
  readonly asJson: boolean
  readonly command: string
  readonly signal: AbortSignal
}

/** @returns the exit code. */
function report(error: unknown, { asJson, command, signal }: ReportOptions): number {
  // Commander has written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode
  const interruption: unknown = signal.aborted ? signal.reason : error
  if (interruption instanceof Interrupted) return interruption.exitCode
  process.stderr.write(`${sentenceOf(error, command)}\n`)
  if (error instanceof UsageError) return usageExitCode
  if (asJson) out.write(`${JSON.stringify({ failure: failureOf(error) })}\n`)
  return 1
}

// Whoever read our output may have seen enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
// Left to itself the process would stay for connections that nobody needs any more.
process.exitCode = await main()
process.exit()
