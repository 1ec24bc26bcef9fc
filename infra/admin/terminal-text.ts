/** What is written to an operator's terminal: 100 columns, and nothing stored in it that could steer the terminal. */
import { escapeCommands } from '#runtime/process/log.ts'

export type Output = Pick<NodeJS.WritableStream, 'write'>

const columns = 100
const labelColumns = 12

/** Without what commands a terminal, or turns the direction of what follows (Unicode, UAX 9). */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Bidi_Control}\s]+/gu, ' ').trim()

/** JSON of the same value that no terminal obeys. */
export const jsonText = (value: unknown, indent?: number): string =>
  escapeCommands(JSON.stringify(value, null, indent))

/** A label and what there is to say under it, in as many lines as that takes. */
export function row(label: string, text: string): string {
  const width = columns - labelColumns
  const pieces = oneLine(text).match(new RegExp(`.{1,${width}}(?=\\s|$)|\\S{${width}}`, 'gu')) ?? ['']
  return pieces
    .map((piece, index) => `${(index === 0 ? label : '').padEnd(labelColumns)}${piece.trim()}`.trimEnd())
    .join('\n')
}

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB']

/** In decimal units, as disks are sold. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** power
  return `${power === 0 ? amount : amount.toPrecision(3)} ${units[power]}`
}

/** A span to two units: `2 d 3 h`, `5 min 10 s`, `320 ms`. */
export function spanText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = Math.floor(ms / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}
