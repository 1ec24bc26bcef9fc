/** Picks what a person should see from a service's JSON log. */

/** pino's number for warnings; errors and fatal ones lie above. */
const warning = 40

interface LogLine {
  readonly level: number
  readonly msg?: string
  readonly err?: { readonly message?: string }
}

/** One short line for a warning or worse, and for anything that is no log line at all; undefined for the rest. */
export function summarizeLogLine(name: string, text: string): string | undefined {
  if (text.trim() === '') return undefined
  const line = parseLogLine(text)
  if (line === undefined) return `${name}: ${text}`
  if (line.level < warning) return undefined
  const word = line.level > warning ? 'error' : 'warning'
  const message = [line.msg, line.err?.message].filter((part) => part !== undefined && part !== '')
  // The same sentence often stands in both places.
  return `${name}: ${word}: ${[...new Set(message)].join(': ')}`
}

function parseLogLine(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'level' in value ? (value as LogLine) : undefined
  } catch {
    return undefined
  }
}
