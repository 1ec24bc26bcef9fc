/**
 * Runs one verb of the command line to its end: what the user can mend is told in its own words, a defect with
 * its stack.
 */
import { SetUpError, UsageError } from '#infra/local/machine/set-up-error.ts'

/** @param verb Resolves with the exit code; with nothing where the process is to go on by itself. */
export async function runVerb(verb: () => Promise<number | undefined>): Promise<void> {
  // A closed terminal must not keep what was started from being stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  try {
    const code = await verb()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    if (error instanceof SetUpError || isUsageError(error))
      process.stderr.write(`${(error as Error).message}\n`)
    else console.error(error)
    process.exitCode = error instanceof UsageError || isUsageError(error) ? 2 : 1
  }
}

function isUsageError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
