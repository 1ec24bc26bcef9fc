/** Runs a program that has to succeed. */
import { runCommand, type CommandOptions } from '#infra/local/machine/run-command.ts'
import { SetUpError } from '#infra/local/machine/set-up-error.ts'

/** @returns what it wrote to standard output. @throws SetUpError with the end of what it said. */
export async function runOrThrow(
  [command, ...args]: readonly [string, ...string[]],
  options: CommandOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runCommand(command, args, options)
  if (code === 0) return stdout
  const end = `${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n')
  throw new SetUpError(`${command} ${args.join(' ')} ended with code ${code}. It said:\n${end}`)
}
