/** `earshot admin`: what an operator does to a running system, by its broker and its database rather than the public API. */
import { Command, CommanderError } from 'commander'
import { SettingsError } from '#runtime/process/settings.ts'
import { addBackupCommands } from '#infra/admin/backup/backup-commands.ts'
import { addConversionCommand } from './conversion-command.ts'
import { addDeadLetterCommands } from './dead-letter-commands.ts'
import { addDoctorCommand } from '#infra/admin/doctor/doctor-command.ts'
import { addFindCommand } from './find-command.ts'
import { OperatorError } from './operator-error.ts'
import { addSeccompCommand } from './seccomp-command.ts'
import { addSecretsCommand } from './secrets-command.ts'
import { addSourceCommand } from './source-command.ts'
import { addStatusCommand } from './status-command.ts'

const command = `${process.env['EARSHOT_COMMAND'] || 'earshot'} admin`
const program = new Command(command)
  .description('Looks after a running Earshot.')
  .exitOverride()
  .showHelpAfterError(`(${command} help shows how)`)
addBackupCommands(program, process.env, process.stdout)
addConversionCommand(program, process.env, process.stdout)
addDeadLetterCommands(program, process.env, process.stdout)
addDoctorCommand(program, process.env, process.stdout)
addFindCommand(program, process.env, process.stdout)
addSeccompCommand(program, process.stdout)
addSecretsCommand(program, process.stdout)
addSourceCommand(program, process.env, process.stdout)
addStatusCommand(program, process.env, process.stdout)

try {
  await program.parseAsync()
} catch (error) {
  // Commander has said it already, or shown the help.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  const known = error instanceof SettingsError || error instanceof OperatorError
  process.stderr.write(
    known ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exitCode = 1
}
