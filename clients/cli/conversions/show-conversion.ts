/** Puts a conversion into lines for a person, or a line for a program. */
import { oneLine } from '#cli/cli-error.ts'
import type { Conversion } from '#cli/convert/follow-conversion.ts'
import { formatMp3, formatProgress, formatTime } from '#cli/format.ts'

export const jsonLine = (conversion: Conversion) => `${JSON.stringify(conversion)}\n`

export const conversionRow = ({ id, status, createdAt, filename }: Conversion) =>
  `${oneLine(id)}  ${oneLine(status).padEnd(9)}  ${formatTime(createdAt)}  ${oneLine(filename)}\n`

/** @param command How this client is called, for the hint on what to do next. */
export function conversionDetails(conversion: Conversion, command: string): string {
  const { id, filename, status, progress, failure, warnings, mp3s, createdAt, finishedAt } = conversion
  const next = nextCommand(conversion)
  const lines: [label: string, value: string][] = [
    ['Conversion', id],
    ['File', filename],
    ['Status', status],
    ['Created', createdAt],
    ...line('Progress', progress && status === 'RUNNING' ? formatProgress(progress) : null),
    ...line('Finished', finishedAt),
    ...line('Failure', failure && `${failure.message} [${failure.code}]`),
    ...warnings.flatMap(({ message, code }) => line('Note', `${message} [${code}]`)),
    ...mp3s.flatMap((mp3) => [
      ...line('MP3', `${mp3.filename} (${formatMp3(mp3)})`),
      ...line('Link', `${mp3.downloadUrl} (until ${mp3.expiresAt})`),
    ]),
    ...line('Next', next && `${command} ${next}`),
  ]
  return lines.map(([label, value]) => `${label.padEnd(11)} ${oneLine(value)}\n`).join('')
}

/** On the terminal, as what is saved may go to another program. */
export function tellWarnings(
  file: string,
  warnings: Conversion['warnings'],
  terminal: { write(text: string): unknown },
): void {
  for (const { message } of warnings) terminal.write(`${oneLine(file)}: note: ${oneLine(message)}\n`)
}

const line = (label: string, value: string | null): [string, string][] =>
  value === null ? [] : [[label, value]]

function nextCommand({ id, status, failure }: Conversion): string | null {
  if (status === 'CANCELLED' || failure?.retryable) return `retry ${id}`
  return status === 'FAILED' ? null : `download ${id}`
}
