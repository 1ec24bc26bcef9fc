/** kubectl, for the cluster of this checkout. */
import type { CommandResult } from '#infra/local/machine/run-command.ts'
import { runCommand } from '#infra/local/machine/run-command.ts'
import { clientEnvironment, networkPrefix } from './node.ts'
import { runOrThrow } from './run-or-throw.ts'

/** @returns what it wrote. @throws SetUpError with its words where it fails. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const command: [string, ...string[]] = [...(await networkPrefix()), 'kubectl', ...args]
  return await runOrThrow(command, { env: clientEnvironment, ...(input === undefined ? {} : { input }) })
}

/** For what may fail. */
export async function tryKubectl(args: readonly string[]): Promise<CommandResult> {
  const [command, ...rest] = [...(await networkPrefix()), 'kubectl', ...args]
  return await runCommand(command, rest, { env: clientEnvironment })
}
