/** What a person can do about a refusal of the API by a command of this client. */
import type { ErrorCode } from '#schema/errors/error-codes.ts'

const steps: Partial<Record<ErrorCode, { readonly advice: string; readonly command: string }>> = {
  NOT_FOUND: { advice: 'See what is yours', command: 'list' },
  INVALID_CREDENTIALS: { advice: 'Try again, or set a new password', command: 'reset-password EMAIL' },
  PASSWORD_RESET_TOKEN_INVALID: { advice: 'Ask for a new link', command: 'reset-password EMAIL' },
  VERIFICATION_TOKEN_INVALID: { advice: 'Ask for a new link', command: 'verify' },
  EMAIL_TAKEN: { advice: 'Sign in', command: 'sign-in' },
  SOURCE_EXPIRED: { advice: 'Send the file once more', command: 'convert FILE' },
  NOT_RETRYABLE: { advice: 'Wait for its MP3s, and save them', command: 'download ID' },
}

/**
 * A sentence that ends in a command, or undefined.
 * @param command How this client is called.
 */
export function nextStep(code: string, command: string): string | undefined {
  if (!Object.hasOwn(steps, code)) return undefined
  const step = steps[code as ErrorCode]!
  return `${step.advice}: ${command} ${step.command}`
}
