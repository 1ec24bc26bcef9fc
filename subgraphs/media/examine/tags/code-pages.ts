/**
 * Reads text whose encoding nobody stated: old tags are in UTF-8, or in the code page of the machine that wrote them. Which, is
 * told by all of a file's texts together, as one alone is often a word.
 */

export type CodePage =
  | 'utf-8'
  | 'shift_jis'
  | 'koi8-r'
  | 'windows-1250'
  | 'windows-1251'
  | 'windows-1252'
  | 'windows-1253'

const beyondAscii = /[\u0080-\u00ff]/

/**
 * Null where the bytes are no text of that page. A field of fixed length may have cut the last character: it is left out.
 */
function decoded(page: CodePage, bytes: Buffer): string | null {
  const text = new TextDecoder(page).decode(bytes)
  const cut = text.replace(/\uFFFD$/, '')
  return cut.includes('\uFFFD') ? null : cut
}

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

/** Of texts that are not in UTF-8: Windows-1252, which holds Latin-1, unless they speak for another. */
export function codePageOf(texts: readonly Buffer[]): CodePage {
  const shown = texts.map((bytes) => bytes.toString('latin1')).filter((text) => beyondAscii.test(text))
  if (shown.length === 0) return 'windows-1252'
  if (isJapanese(texts)) return 'shift_jis'
  return cyrillicOrGreek(shown.join('\n')) ?? centralEuropean(shown.join('\n')) ?? 'windows-1252'
}

const twoCharacters = /[\u3041-\u30fe\u4e00-\u9fff]{2}/
/** A quotation mark of Windows-1252 is the first half of a character of Shift-JIS, and swallows the letter that follows. */
const amongLetters = /[a-z][\u3041-\u9fff][a-z]/i

/** Kana and the common characters begin with 0x81 to 0x9F (JIS X 0208), where Windows has punctuation. */
function isJapanese(texts: readonly Buffer[]): boolean {
  const read = texts.map((bytes) => decoded('shift_jis', bytes))
  if (read.includes(null) || read.some((text) => amongLetters.test(text ?? ''))) return false
  const bytes = texts.map((text) => text.toString('latin1')).join('\n')
  const common = bytes.match(/[\u0081-\u009f][\u0040-\u007e\u0080-\u00fc]/g)?.length ?? 0
  const rare = bytes.match(/[\u00e0-\u00ef][\u0040-\u007e\u0080-\u00fc]/g)?.length ?? 0
  return common > rare && read.some((text) => twoCharacters.test(text ?? ''))
}

/** Whole words of letters beyond ASCII: hardly ever so where Latin is written. */
function cyrillicOrGreek(text: string): CodePage | null {
  const words = text.match(/[a-z\u00a8\u00b8\u00b9\u00bf-\u00ff]+/gi) ?? []
  const high = words.filter((word) => /^[\u00a8\u00b8\u00bf-\u00ff]{2,}$/.test(word))
  const mixed = words.filter((word) => beyondAscii.test(word) && /[a-z]/i.test(word)).length
  if (!high.some((word) => word.length > 2) || high.length <= mixed) return null
  const holds = (form: RegExp) => high.filter((word) => form.test(word)).length
  // Accented vowels, where Windows-1251 has the last capitals: those do not stand behind small letters.
  if (holds(/[\u00e1-\u00fe][\u00dc-\u00df]/) > 0) return 'windows-1253'
  // KOI8-R has its small letters where Windows-1251 has the capitals.
  return holds(/^[\u00e0-\u00ff][\u00c0-\u00df]+$/) > holds(/^[\u00c0-\u00df]?[\u00e0-\u00ff]+$/)
    ? 'koi8-r'
    : 'windows-1251'
}

/** Letters of Polish and Czech where Windows-1252 has signs, which do not stand within words. */
const signsWithin =
  /[a-z\u00c0-\u00ff][\u00b3\u00b9\u00bf][a-z\u00c0-\u00ff]|\u00a3[a-z\u00e0-\u00ff]|[a-z\u00e0-\u00ff][\u009d\u009f]/i
const centralEuropean = (text: string): CodePage | null => (signsWithin.test(text) ? 'windows-1250' : null)
