/** Parses what ffprobe prints: JSON whose texts are the bytes of the file, in whatever encoding its tags are. */
import { createTextReader } from './code-pages.ts'

/** So that ffprobe writes no U+FFFD in the place of bytes that are not UTF-8. */
export const bytesAsTheyAre = 'json=string_validation=ignore'

/** @throws SyntaxError where it is no JSON. */
export function parseReport(stdout: Buffer): unknown {
  // A character a byte: those of JSON itself are ASCII.
  const report: unknown = JSON.parse(stdout.toString('latin1'))
  const texts = new Set<string>()
  mapTexts(report, (text) => {
    texts.add(text)
    return text
  })
  const read = createTextReader([...texts].map(bytesOf))
  return mapTexts(report, (text) => read(bytesOf(text)))
}

const bytesOf = (text: string) => Buffer.from(text, 'latin1')

/** Names of tags included. */
function mapTexts(value: unknown, read: (text: string) => string): unknown {
  if (typeof value === 'string') return read(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, read))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [read(key), mapTexts(each, read)]))
}
