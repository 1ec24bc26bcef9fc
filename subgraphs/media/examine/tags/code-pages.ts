/**
 * Reads text whose encoding nobody stated: old tags are in UTF-8, or in the code page of the machine that wrote them. Which, is
 * told by all of a file's texts together, as one alone is often a word.
 */
import { codePageOf, decoded } from './code-page-of.ts'

/** Reads each text by its own bytes where they are UTF-8, and else by the page that fits all others. */
export function createTextReader(texts: Iterable<Buffer>): (bytes: Buffer) => string {
  const page = codePageOf([...texts].filter((bytes) => utf8In(bytes) === null))
  return (bytes) => utf8In(bytes) ?? decoded(page, bytes) ?? new TextDecoder('windows-1252').decode(bytes)
}

/** Where its end was cut off, at least one other character must show that it is UTF-8. */
function utf8In(bytes: Buffer): string | null {
  const text = decoded('utf-8', bytes)
  if (text === null) return null
  const isWhole = Buffer.byteLength(text) === bytes.length
  return isWhole || Buffer.byteLength(text) > text.length ? text : null
}
