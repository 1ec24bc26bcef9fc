/** Follows a conversion to its end and saves its MP3s: what `convert` and `download` have in common. */
import type { RunOperation } from '#cli/api/api.ts'
import type { SubscribeToConversion } from '#cli/api/live-updates.ts'
import { CliError } from '#cli/cli-error.ts'
import { saveConversion } from '#cli/save/save-conversion.ts'
import type { SavedMp3, SaveTarget } from '#cli/save/save-mp3.ts'
import { followConversion, isFinished, type Conversion } from './follow-conversion.ts'
import type { ProgressView } from './progress-view.ts'

export interface ApiAccess {
  readonly run: RunOperation
  readonly subscribe: SubscribeToConversion
  /** How this client is called, for hints that can be pasted. */
  readonly command: string
}

export interface Finished {
  readonly conversion: Conversion
  /** Where each of its MP3s lies now. */
  readonly saved: readonly SavedMp3[]
}

/** @throws CliError with the reason why there is no MP3. */
export async function finishConversion(
  begun: Conversion,
  targetOf: (conversion: Conversion) => SaveTarget,
  { run, subscribe, command }: ApiAccess,
  view: ProgressView,
  signal: AbortSignal,
): Promise<Finished> {
  let conversion = begun
  view.conversion(conversion)
  try {
    if (!isFinished(conversion))
      for await (conversion of followConversion(begun.id, { run, subscribe }, signal))
        view.conversion(conversion)
    if (conversion.status === 'SUCCEEDED')
      return {
        conversion,
        saved: await saveConversion(conversion, targetOf(conversion), run, view, signal),
      }
  } catch (error) {
    if (!(error instanceof CliError) || signal.aborted) throw error
    const { code, message, retryable } = error
    const later = `What is converted is not lost: ${command} download ${begun.id}`
    throw new CliError(code, `${message} ${later}`, { cause: error, retryable })
  }
  throw unsuccessful(conversion, command)
}

function unsuccessful({ id, status, failure }: Conversion, command: string): CliError {
  const again = `${command} retry ${id}`
  if (failure === null) return new CliError(status, `The conversion was cancelled. Start it again: ${again}`)
  const { code, message, retryable } = failure
  return new CliError(code, retryable ? `${message} Try again: ${again}` : message, { retryable })
}
