/** What a check of the doctor found, and what to do about it. */

export interface Finding {
  /** `mind`: it works, and will not for long, or is weaker than it could be. */
  readonly state: 'well' | 'mind' | 'failed'
  readonly text: string
  /** A sentence that begins in lower case. */
  readonly advice?: string
}

export const well = (text: string): Finding => ({ state: 'well', text })
export const mind = (text: string, advice: string): Finding => ({ state: 'mind', text, advice })
export const failed = (text: string, advice: string): Finding => ({ state: 'failed', text, advice })

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
