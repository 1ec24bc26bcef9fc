/** Names the conversion that a command was about where the API says no more than that there is none. */
import { CliError } from '#cli/cli-error.ts'

export async function ofConversion<Result>(id: string, answer: Promise<Result>): Promise<Result> {
  return await answer.catch((error: unknown) => {
    if (!(error instanceof CliError) || error.code !== 'NOT_FOUND') throw error
    throw new CliError(error.code, `There is no conversion ${id}, or it is not yours.`, { cause: error })
  })
}
