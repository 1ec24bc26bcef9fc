/** Picks what a person should see from a service's JSON log. */

/** The levels a person should see, and what they are called here (runtime/process/log.ts writes labels, not numbers). */
const shown = new Map([
  ['warn', 'warning'],
  ['error', 'error'],
  ['fatal', 'error'],
])

interface LogLine {
  readonly level: string
  readonly msg?: string
  readonly err?: { readonly message?: string }
}

/** One short line for a warning or worse, and for anything that is no log line at all; undefined for the rest. */
export function summarizeLogLine(name: string, text: string): string | undefined {
  if (text.trim() === '') return undefined
  const line = parseLogLine(text)
  if (line === undefined) return `${name}: ${shortened(text)}`
  const word = shown.get(line.level)
  if (word === undefined) return undefined
  const message = [line.msg, line.err?.message].filter((part) => part !== undefined && part !== '')
  // The same sentence often stands in both places.
  return `${name}: ${word}: ${shortened([...new Set(message)].join(': '))}`
}

const longestMessage = 240

/** The whole stands in the log file. */
function shortened(message: string): string {
  // What a client sent may stand in it, and must not command the terminal.
  const line = message.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ').trim()
  return line.length <= longestMessage ? line : `${line.slice(0, longestMessage)} …`
}

function parseLogLine(text: string): LogLine | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'level' in value ? (value as LogLine) : undefined
  } catch {
    return undefined
  }
}
