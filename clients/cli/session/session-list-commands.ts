/** `sessions` and `sign-out`: where the user is signed in, and the end of that. */
import type { Command } from 'commander'
import {
  EndAllSessionsDocument,
  EndSessionDocument,
  SessionsDocument,
  type SessionsQuery,
} from '#schema/generated/operations.ts'
import { CliError, oneLine, UsageError } from '#cli/cli-error.ts'
import type { CommandContext } from '#cli/command-context.ts'
import { formatTime } from '#cli/format.ts'
import { signedIn } from './session-commands.ts'

interface SignOutOptions {
  readonly session?: string
  readonly all?: boolean
}

type SessionRow = NonNullable<NonNullable<SessionsQuery['me']>['sessions']>[number]

export function addSessionListCommands(program: Command, context: CommandContext): void {
  program
    .command('sessions')
    .description('list where you are signed in, the newest session first')
    .option('--json', 'print a line of JSON for each')
    .action(async ({ json }: { readonly json?: boolean }) => {
      for (const session of await listSessions(context))
        context.out.write(json ? `${JSON.stringify(session)}\n` : sessionRow(session))
    })
  program
    .command('sign-out')
    .description('end the session, and forget it')
    .option('--session <id>', 'end this one of your sessions instead')
    .option('--all', 'end all your sessions, this one too')
    .action((options: SignOutOptions) => signOut(options, context))
}

async function signOut({ session: id, all }: SignOutOptions, context: CommandContext): Promise<void> {
  const { session, run, out, signal } = context
  if (all && id !== undefined) throw new UsageError('Say --session or --all, not both.')
  if (id !== undefined && !(await isThisOne(id, context))) {
    await run(EndSessionDocument, { input: { sessionId: id } }, signal)
    out.write(`Ended session ${id}. Its access ends within seconds.\n`)
    return
  }
  if (all) await run(EndAllSessionsDocument, {}, signal)
  const email = await session.signOut(signal)
  const where = all ? ' everywhere' : ''
  out.write(email === null ? 'Nobody was signed in.\n' : `Signed out ${oneLine(email)}${where}.\n`)
}

/** @throws CliError SESSION_NOT_FOUND: the API refuses no end of what there is not. */
async function isThisOne(id: string, context: CommandContext): Promise<boolean> {
  const found = (await listSessions(context)).find((each) => each.id === id)
  if (found !== undefined) return found.current
  throw new CliError('SESSION_NOT_FOUND', `You have no session ${id}. See yours: ${context.command} sessions`)
}

async function listSessions(context: CommandContext): Promise<readonly SessionRow[]> {
  const { me } = await context.run(SessionsDocument, {}, context.signal)
  return signedIn(signedIn(me, context).sessions, context)
}

const sessionRow = ({ id, current, createdAt, lastUsedAt, client }: SessionRow) =>
  `${[
    oneLine(id),
    `begun ${formatTime(createdAt)}`,
    `used ${formatTime(lastUsedAt)}`,
    ...(client ? [oneLine(client)] : []),
    ...(current ? ['this one'] : []),
  ].join('  ')}\n`
