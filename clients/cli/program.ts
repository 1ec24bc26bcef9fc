/** The commands of this client. Each room adds its own. */
import { Command } from 'commander'
import { readFileSync } from 'node:fs'
import { UsageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import { addConversionCommands } from '#cli/conversions/conversion-commands.ts'
import { addDownloadCommand } from '#cli/conversions/download-command.ts'
import { addConvertCommand } from '#cli/convert/convert-command.ts'
import { addAccountCommands } from '#cli/session/account-commands.ts'
import { addDeleteAccountCommand } from '#cli/session/delete-account-command.ts'
import { addSessionCommands } from '#cli/session/session-commands.ts'
import { addSessionListCommands } from '#cli/session/session-list-commands.ts'

const helpAfter = ({ origin, sessionFolder, moreHelp }: CommandContext) => `${moreHelp}
It speaks to the Earshot at ${origin} (EARSHOT_URL sets that), and keeps its session in
${sessionFolder} (EARSHOT_CONFIG_DIR), readable by you alone.

Results go to standard output, progress and errors to standard error. With --json a failure is a line
of JSON too: {"failure": {"code", "message", "retryable"}}.

Exit codes: 0 all is done, 1 something failed, 2 the command was not understood, 130 and 143 it was
stopped by Ctrl-C or SIGTERM.`

/** Parsing runs a command. It throws a CommanderError for what cannot be understood. */
export function createProgram(context: CommandContext, finish: (exitCode: number) => void): Command {
  const program = new Command(context.command)
    .description('Turns videos into MP3s by a running Earshot.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError(`(${context.command} help shows how)`)
    .addHelpText('after', helpAfter(context))
  addConvertCommand(program, context, finish)
  addDownloadCommand(program, context)
  addConversionCommands(program, context)
  addSessionCommands(program, context)
  addSessionListCommands(program, context)
  addAccountCommands(program, context)
  addDeleteAccountCommand(program, context)
  addHelpCommand(program, context.command)
  for (const each of program.commands)
    each.showHelpAfterError(`(${context.command} help ${each.name()} shows how)`)
  return program
}

/** Commander's own shows all there is for a command that there is not. */
function addHelpCommand(program: Command, command: string): void {
  program
    .command('help')
    .description('show help for a command')
    .argument('[command]')
    .action((name: string | undefined) => {
      const found = name === undefined ? program : program.commands.find((each) => each.name() === name)
      if (found === undefined) throw new UsageError(`There is no command ${name}: ${command} help lists all.`)
      found.help()
    })
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
