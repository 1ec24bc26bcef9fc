/** The commands and options of `earshot`, and what each runs. */
import { Command } from 'commander'
import type { ConversionStatus } from '#schema/generated/operations.ts'
import {
  cancelCommand,
  listCommand,
  statusCommand,
  type ListOptions,
} from '#cli/conversions/conversion-commands.ts'
import { convertCommand, type CommandContext, type ConvertOptions } from '#cli/convert/convert-command.ts'
import { conversionStatuses, emailAddress, pageSize } from '#cli/convert/option-values.ts'
import {
  loginCommand,
  logoutCommand,
  type LoginOptions,
  type SessionCommandContext,
} from '#cli/session/session-commands.ts'
import { addAudioOptions } from '#cli/convert/audio-options.ts'

export type ProgramContext = CommandContext & SessionCommandContext

/** Parsing it runs a command and throws a CommanderError for what cannot be understood. */
export function createProgram(context: ProgramContext, finish: (exitCode: number) => void): Command {
  const program = new Command('earshot')
    .description('Turns videos into MP3s by the Earshot at EARSHOT_URL.')
    .exitOverride()
    .showHelpAfterError('(earshot help shows how)')

  const convert = program
    .command('convert')
    .description('upload files, convert them and save the MP3s here')
    .argument('<files...>', 'the videos')
    .option('-o, --output <path>', 'where to write: a file, or a folder')
    .option('-f, --force', 'replace files that exist')
    .option('--json', 'one line of JSON for each file on standard output')
  addAudioOptions(convert).action(async (files: string[], options: ConvertOptions) =>
    finish(await convertCommand(files, options, context)),
  )

  // An id may begin with a dash, so what looks like an unknown option is one.
  program
    .command('status')
    .description('show a conversion')
    .allowUnknownOption()
    .argument('<id>', "the conversion's id")
    .option('--json', 'as a line of JSON')
    .action((id: string, options: { json?: boolean }) => statusCommand(id, options, context))

  program
    .command('list')
    .description('list your conversions, newest first')
    .option(
      '-s, --status <states>',
      'only those in these states',
      (value, before: ConversionStatus[] | undefined) => conversionStatuses(value, before),
    )
    .option('-n, --first <count>', 'how many', pageSize, 20)
    .option('--json', 'a line of JSON for each')
    .action((options: ListOptions) => listCommand(options, context))

  program
    .command('cancel')
    .description('stop a conversion that is waiting or running')
    .allowUnknownOption()
    .argument('<id>', "the conversion's id")
    .option('--json', 'show it as a line of JSON')
    .action((id: string, options: { json?: boolean }) => cancelCommand(id, options, context))

  program
    .command('login')
    .description('sign in; the password is asked for')
    .requiredOption('-e, --email <address>', 'the registered address', emailAddress)
    .option('--password-stdin', 'read the password from standard input')
    .option('--register', 'create the account first')
    .action((options: LoginOptions) => loginCommand(options, context))

  program
    .command('logout')
    .description('end the session and forget its credentials')
    .action(() => logoutCommand(context))

  return program
}
