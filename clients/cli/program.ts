/** The commands of this client. Each room adds its own. */
import { Command } from 'commander'
import { readFileSync } from 'node:fs'
import type { CommandContext } from './command-context.ts'
import { addConversionCommands } from '#cli/conversions/conversion-commands.ts'
import { addDownloadCommand } from '#cli/conversions/download-command.ts'
import { addConvertCommand } from '#cli/convert/convert-command.ts'
import { addSessionCommands } from '#cli/session/session-commands.ts'

const helpAfter = `
It speaks to the Earshot at EARSHOT_URL (http://127.0.0.1:4000 unless set), and keeps its session in
your configuration folder, or in EARSHOT_CONFIG_DIR, readable by you alone.

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
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .showHelpAfterError(`(${context.command} help shows how)`)
    .addHelpText('after', helpAfter)
  addConvertCommand(program, context, finish)
  addDownloadCommand(program, context)
  addConversionCommands(program, context)
  addSessionCommands(program, context)
  for (const each of program.commands)
    each.showHelpAfterError(`(${context.command} help ${each.name()} shows how)`)
  return program
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
