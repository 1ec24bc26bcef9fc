/** What the client tells its user when something cannot be done: one sentence and a stable code. */
import { nextStep } from './next-step.ts'

export class CliError extends Error {
  /** From the API's catalogue, or one of the client's own. */
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, options: ErrorOptions & { retryable?: boolean } = {}) {
    super(message, options)
    this.name = 'CliError'
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** The command was not understood; nothing was done. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

export interface Failure {
  readonly code: string
  readonly message: string
  /** Whether the same command may succeed later. */
  readonly retryable: boolean
}

/** As `--json` shows it. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError) {
    const { code, message, retryable } = error
    return { code, message, retryable }
  }
  const message = error instanceof Error ? error.message : String(error)
  return { code: 'UNEXPECTED', message: `Something unexpected happened: ${message}`, retryable: false }
}

/**
 * One line for standard error, with what to do where we know it.
 * @param command How this client is called.
 */
export function sentenceOf(error: unknown, command: string): string {
  if (error instanceof UsageError) return oneLine(error.message)
  const { code, message } = failureOf(error)
  return `${oneLine([message, nextStep(code, command)].join(' '))} [${oneLine(code)}]`
}

/**
 * What a server or a file name brings along must not write to the terminal by itself, nor turn the order of its characters
 * (Unicode, UAX 9).
 */
const hostile = /[\p{Cc}\p{Bidi_Control}\s]+/gu
export const oneLine = (text: string) => text.replace(hostile, ' ').trim()

/** The same for whole lines, of JSON too, where a program reads what was meant. */
export const plainText = (text: string) =>
  text.replace(
    /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
